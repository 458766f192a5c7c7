"""Reading the data files of the project, so that what is wrong is named by file, line and field.

A data file is YAML with a list of records. The YAML nodes keep their line numbers; pydantic
checks the values and says which field it stumbled over; together they make one clear message.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

R = TypeVar("R", bound=BaseModel)


class DataFileError(Exception):
    """A data file holds something that cannot be used.

    `line` counts from 1; `field` is the path inside the record, such as `nl.label`.
    """

    def __init__(self, file: Path, line: int, field: str, problem: str) -> None:
        self.file = file
        self.line = line
        self.field = field
        self.problem = problem
        where = f", field '{field}'" if field else ""
        super().__init__(f"{file}, line {line}{where}: {problem}")


class Record(BaseModel):
    """The base of every record: unknown fields are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Record):
    """A name and a line about it, in one language."""

    label: str = Field(min_length=2, max_length=160)
    description: str = Field(min_length=10)


class Located(Generic[R]):
    """A record with the place that it came from, so that later checks can point at it."""

    def __init__(self, record: R, file: Path, node: yaml.Node) -> None:
        self.record = record
        self.file = file
        self._node = node

    def error(self, path: Sequence[Hashable], problem: str) -> DataFileError:
        """Make the error that points at `path` inside this record."""
        return DataFileError(self.file, _line(self._node, path), ".".join(map(str, path)), problem)


def read_text(file: Path) -> str:
    """Read a file of UTF-8 text.

    Raises:
        DataFileError: the file is missing, cannot be read, or holds something else.
    """
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataFileError(file, 1, "", "the file is missing") from error
    except UnicodeDecodeError as error:
        raise DataFileError(file, 1, "", "the file is not UTF-8 text") from error
    except OSError as error:
        raise DataFileError(file, 1, "", f"cannot be read: {error.strerror}") from error


def read_records(file: Path, model: type[R]) -> list[Located[R]]:
    """Read a YAML list of records.

    Raises:
        DataFileError: the file is missing, is no YAML list, or a record does not fit `model`.
    """
    root = _compose(file)
    if not isinstance(root, yaml.SequenceNode):
        raise DataFileError(file, 1, "", "expected a list of records")
    found: list[Located[R]] = []
    for node in root.value:
        try:
            record = model.model_validate(_construct(file, node))
        except ValidationError as error:
            first = error.errors()[0]
            path = first["loc"]
            field = ".".join(map(str, path))
            raise DataFileError(file, _line(node, path), field, first["msg"]) from error
        found.append(Located(record, file, node))
    return found


def read_folder(folder: Path, model: type[R]) -> list[Located[R]]:
    """Read every `*.yaml` of a folder, in the order of their names.

    Raises:
        DataFileError: as `read_records`, or the folder holds no such file.
    """
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise DataFileError(folder, 1, "", "no data files here")
    return [located for file in files for located in read_records(file, model)]


def by_id(records: Iterable[Located[R]]) -> dict[str, R]:
    """Index records by their `id`.

    Raises:
        DataFileError: two records share an id.
    """
    found: dict[str, R] = {}
    for located in records:
        key: str = located.record.id  # type: ignore[attr-defined]
        if key in found:
            raise located.error(("id",), f"'{key}' is used twice")
        found[key] = located.record
    return found


def _compose(file: Path) -> yaml.Node | None:
    text = read_text(file)
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        raise DataFileError(file, line, "", f"not valid YAML: {problem}") from error


def _construct(file: Path, node: yaml.Node) -> object:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    except yaml.YAMLError as error:
        raise DataFileError(
            file, node.start_mark.line + 1, "", f"not valid YAML: {error}"
        ) from error
    finally:
        loader.dispose()


def _line(node: yaml.Node, path: Sequence[Hashable]) -> int:
    """The line of the deepest part of `path` that is there; a missing field points at its owner."""
    for part in path:
        inner: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            inner = node.value[part] if part < len(node.value) else None
        if inner is None:
            break
        node = inner
    line: int = node.start_mark.line
    return line + 1
