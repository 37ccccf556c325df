"""Why the system refuses to read or write, in Chinese: its own words follow no user's language."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "没有权限，或正被别的程序占用",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "找不到文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "上级路径不是文件夹",
    errno.EEXIST: "上级路径不是文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额不足",
    errno.EFBIG: "文件太大，磁盘放不下",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EINVAL: "文件名里有系统不允许的字符",
    errno.ELOOP: "链接绕成了圈",
    errno.EBUSY: "正被别的程序占用",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件太多",
}


def why(error: OSError) -> str:
    """The reason in a few words, to stand in brackets or behind a colon."""
    known = _REASONS.get(error.errno or 0)
    return known or f"系统错误 {error.errno or type(error).__name__}"
