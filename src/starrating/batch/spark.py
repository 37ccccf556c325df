"""Spark carries out the steps of a batch: the same code on parts, as tasks of `mapInArrow`.

A task is the number of a part; what it comes to goes into the working folder, as with any runner,
so that workers have to see the folders of data and results. `Spark(session)` uses a session of the
caller's, on any cluster; without one a local session is started that speaks to nobody outside this
machine and leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from starrating.batch.codes import BATCH
from starrating.batch.runners import NoRunner, Runner
from starrating.batch.steps import Task
from starrating.batch.work import do
from starrating.origin import Origin

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

_LOOK = 0.1
"""Seconds between two looks at which parts are done."""
_GRACE = 10
"""Seconds that Java is given to end by itself."""
_LOG = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c: %m%n
"""


class Spark(Runner):
    """Tasks of a Spark session, one a part."""

    def __init__(self, session: SparkSession | None = None, workers: int = 1) -> None:
        """Use a session of the caller's, or start a local one with so many workers on entering.

        Entering raises NoRunner where Spark or Java is missing or does not start.
        """
        self._session, self._own = session, session is None
        self._workers = workers

    def __enter__(self) -> Self:
        if self._own:
            self._home = Path(tempfile.mkdtemp(prefix="starrating-spark-"))
            self._interrupt = signal.getsignal(signal.SIGINT)
            try:
                self._session = _started(self._home, self._workers)
            except BaseException:
                shutil.rmtree(self._home, ignore_errors=True)
                raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._own and self._session is not None:
            _stopped(self._session)
            self._session = None
            with suppress(ValueError):  # another thread than the main one handles no signals
                signal.signal(signal.SIGINT, self._interrupt)
            shutil.rmtree(self._home, ignore_errors=True)

    def run(self, task: Task, numbers: Sequence[int]) -> Iterator[int]:
        """Do a step on these parts; they are known as done by what they leave on the shelf."""
        session = self._session
        assert session is not None
        waiting = list(numbers)
        with ThreadPoolExecutor(1) as beside:
            job = beside.submit(_all, session, task, waiting)
            try:
                while waiting:
                    over = job.done()
                    done = {number for number in waiting if task.shelf.has(task.done(number))}
                    waiting = [number for number in waiting if number not in done]
                    yield from sorted(done)
                    if over:
                        break
                    wait([job], timeout=_LOOK)
            except BaseException:
                session.sparkContext.cancelAllJobs()
                raise
            job.result()


def _all(session: SparkSession, task: Task, numbers: Sequence[int]) -> None:
    """Carry out all tasks, each in a partition of its own."""
    asked = list(numbers)

    def step(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for place in batch.column(0).to_pylist():
                do(task, asked[place])
            yield batch

    frame = session.range(0, len(asked), 1, len(asked))
    with _quiet():
        frame.mapInArrow(step, "id long").collect()


# --- a session of our own ---------------------------------------------------------------------


def _started(home: Path, workers: int) -> SparkSession:
    """A local session in which nothing is heard but errors, and nobody from outside."""
    if _java() is None:
        raise NoRunner(BATCH.fault("E303", Origin("Java")))
    with _quiet():
        try:
            from pyspark import SparkConf, SparkContext
            from pyspark.errors import PySparkRuntimeError
            from pyspark.java_gateway import launch_gateway
            from pyspark.sql import SparkSession
        except ImportError:
            raise NoRunner(BATCH.fault("E304", Origin("pyspark"))) from None
        logging, told = home / "log4j2.properties", home / "java.log"
        logging.write_text(_LOG, "utf-8")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        conf = SparkConf().setMaster(f"local[{workers}]").setAppName("starrating")
        conf.setAll(list(_settings(home, logging).items()))
        launch: Any = launch_gateway  # without types of its own
        gateway: Any = None
        try:
            with told.open("wb") as log, _uninterrupted():
                gateway = launch(conf, {"stdout": log, "stderr": log})
            return SparkSession(SparkContext(conf=conf, gateway=gateway))
        except PySparkRuntimeError as error:
            lines = told.read_text("utf-8", "replace").splitlines()
            reason = next((line.strip() for line in lines if "rror" in line), str(error))
            raise NoRunner(BATCH.fault("E305", Origin("Spark"), reason=reason)) from error
        except BaseException:
            if gateway is not None:
                _ended(gateway)
            raise


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """An interrupt that comes while Java starts counts once it can be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if heard:
        raise KeyboardInterrupt


def _settings(home: Path, logging: Path) -> dict[str, str]:
    java = f"-Dlog4j2.configurationFile=file:{logging} -Djava.io.tmpdir={home}"
    return {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(home / "local"),
        "spark.sql.warehouse.dir": str(home / "warehouse"),
        "spark.driver.extraJavaOptions": java,
    }


def _java() -> str | None:
    """The Java that Spark will start."""
    own = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(own) / "bin") if own else None)


def _stopped(session: SparkSession) -> None:
    """End the session and its Java, so that nothing of it lives on."""
    from pyspark import SparkContext

    # Spark keeps its Java until the process ends, and has no public word to let it go.
    gateway = SparkContext._gateway  # noqa: SLF001 - no public word
    with suppress(Exception):
        session.stop()
    if gateway is not None:
        _ended(gateway)


def _ended(gateway: Any) -> None:
    """End a Java that Spark started."""
    from pyspark import SparkContext

    SparkContext._gateway = SparkContext._jvm = None  # noqa: SLF001 - as above
    with suppress(Exception):
        gateway.shutdown()
    gateway.proc.stdin.close()
    try:
        gateway.proc.wait(_GRACE)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()
        gateway.proc.wait()


@contextmanager
def _quiet() -> Iterator[None]:
    """Spark's warnings about versions of other libraries concern nothing that is used here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
