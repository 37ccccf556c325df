/* Kills the process at its n-th call that changes a file below a folder: loaded before libc.
 *
 * crash_arm(root, n, torn) counts write, pwrite, fsync, fdatasync, rename, unlink and ftruncate of
 * files below `root`; before the n-th (from 0) the process dies by SIGKILL. With `torn` only writes
 * count, and the n-th does half of its work first.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long left = -1;
static int half = 0;
static char below[PATH_MAX];

void crash_arm(const char *root, long n, int torn) {
    strncpy(below, root, sizeof below - 1);
    half = torn;
    left = n;
}

static int inside(const char *path) { return strncmp(path, below, strlen(below)) == 0; }

static int mine(int fd) {
    char name[64], path[PATH_MAX];
    ssize_t size;
    if (left < 0) return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    size = readlink(name, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return inside(path);
}

static int reached(void) { return left >= 0 && left-- == 0; }

static int reached_whole(void) { return !half && reached(); }

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (mine(fd) && reached()) {
        if (half && size > 1) real(fd, data, size / 2);
        die();
    }
    return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    if (mine(fd) && reached()) {
        if (half && size > 1) real(fd, data, size / 2, at);
        die();
    }
    return real(fd, data, size, at);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    return pwrite64(fd, data, size, at);
}

int fsync(int fd) {
    REAL(int, "fsync", int);
    if (mine(fd) && reached_whole()) die();
    return real(fd);
}

int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    if (mine(fd) && reached_whole()) die();
    return real(fd);
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    if (mine(fd) && reached_whole()) die();
    return real(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (left >= 0 && inside(to) && reached_whole()) die();
    return real(from, to);
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (left >= 0 && inside(path) && reached_whole()) die();
    return real(path);
}
