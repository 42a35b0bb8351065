"""Files that people hand in: found, unpacked, and turned into text whatever their encoding."""

import gzip
import hashlib
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from commsim.core.errors import InputError

_MOST = 2_000_000_000
"""Bytes; more than any list of the largest community, and it stops what unpacks without end."""
_REMEDY = "put it there, or mend its path, which starts from the folder of the plan"
_SPREADSHEETS = (b"PK", b"\xd0\xcf\x11\xe0")
"""How .xlsx (and any zip file) and .xls begin."""


@dataclass(frozen=True)
class Source:
    """A file as it is now; equal and hashable, so that what was read from it can be kept.

    sha256: the hash that the file must have; None for any.
    """

    path: Path
    modified: int
    size: int
    sha256: str | None = None


def locate(file: Path, base: Path | None, sha256: str | None = None) -> Source:
    """Find a file; relative paths start from ``base``.  Raises InputError if there is none."""
    path = (base or Path()) / file
    try:
        if not path.is_file():
            missing = "is a link that leads nowhere" if path.is_symlink() else "there is no such file"
            what = "is not an ordinary file" if path.exists() else missing
            raise InputError(what, where=str(path), remedy=_REMEDY)
        with path.open("rb"):
            stat = path.stat()
    except OSError as error:
        raise InputError(
            f"can't be read ({error.strerror})", where=str(path), remedy="look at its name and permissions"
        ) from None
    return Source(path, stat.st_mtime_ns, stat.st_size, sha256)


def read_text(source: Source, encoding: str | None = None) -> str:
    """The text of a file, unpacked if it ends in .gz; UTF-8 or GB18030 unless an encoding is given."""
    raw = read_bytes(source)
    for name in (encoding,) if encoding else _candidates(raw):
        try:
            text = raw.decode(name).removeprefix("\ufeff")
            text.encode()  # some encodings can write half a character, which nothing else can
        except UnicodeError:
            continue
        except (LookupError, ValueError):
            raise unusable(source, f"no encoding is called {name!a}", "name one such as gb18030") from None
        if "\0" in text:
            raise unusable(source, "holds binary data", "save it as CSV in UTF-8")
        if not text.strip():
            raise unusable(source, "is empty", "save it with a header line and one line per row")
        return text
    tried = ascii(encoding) if encoding else "UTF-8 or GB18030"
    raise unusable(source, f"is not text in {tried}", "save it as UTF-8 or set its encoding")


def read_bytes(source: Source) -> bytes:
    """What a file holds, unpacked if it ends in .gz.  Raises InputError, also if it has another hash."""
    try:
        with source.path.open("rb") as file:
            raw = file.read(_MOST + 1)
    except OSError as error:
        raise unusable(source, f"can't be read ({error.strerror})", "look at its permissions") from None
    if source.sha256 is not None and hashlib.sha256(raw).hexdigest() != source.sha256:
        raise unusable(
            source,
            "is not the file that the plan was made with: its SHA-256 is another one",
            "put that one back; to use this one, take sha256 out of the plan or read the plan anew",
        )
    if source.path.suffix == ".gz":
        raw = _unpack(source, raw)
    if len(raw) > _MOST:
        raise unusable(source, "holds more than 2 GB", "leave out columns and rows that are not needed")
    if raw.startswith(_SPREADSHEETS):
        raise unusable(source, "is a spreadsheet or zip file", "export it as CSV in UTF-8")
    return raw


def _unpack(source: Source, packed: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            return file.read(_MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise unusable(source, f"can't be unpacked ({error})", "pack it anew with gzip") from None


def _candidates(raw: bytes) -> tuple[str, ...]:
    return ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "gb18030")


def unusable(source: Source, what: str, remedy: str) -> InputError:
    """The error for a file that is wrong as a whole."""
    return InputError(what, where=str(source.path), remedy=remedy)
