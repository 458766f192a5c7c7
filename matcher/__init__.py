"""The matching engine: text in, ordered and explained matches out.

Knows nothing of the web or of a database. These names are all that others use.
"""

from matcher.coverage import status_of
from matcher.datafiles import DataFileError
from matcher.encoder import (
    Encoder,
    EncoderMissing,
    SentenceEncoder,
    Vectors,
    encoder_version,
    load_encoder,
    model_folder,
)
from matcher.engine import Engine, VersionMismatch
from matcher.framework import Form, Framework, LearningActivity, Profession, load_framework
from matcher.language import known_language
from matcher.lexical import LexicalEncoder
from matcher.limits import DAY_WORDS, LICENCES, Limit, LimitKind, limits_in
from matcher.origins import FoundOrigin, origins_in
from matcher.places import (
    PlaceAmbiguous,
    Places,
    PlaceUnknown,
    distance_km,
    full_name,
    load_places,
)
from matcher.pool import bits_to_slots, slots_to_bits
from matcher.region import Contract, Posting, Region, Shape, load_region
from matcher.text import clean, has_words, sentences
from matcher.types import (
    Answer,
    DayPart,
    Deployability,
    Evidence,
    Filters,
    Grade,
    Hours,
    Kind,
    Level,
    Match,
    Opportunity,
    Place,
    Profile,
    Proposal,
    Ranking,
    Reason,
    Requirement,
    Route,
    RouteStep,
    Slot,
    Status,
    Weekday,
    Why,
)

__all__ = [
    "DAY_WORDS",
    "LICENCES",
    "Answer",
    "Contract",
    "DataFileError",
    "DayPart",
    "Deployability",
    "Encoder",
    "EncoderMissing",
    "Engine",
    "Evidence",
    "Filters",
    "Form",
    "FoundOrigin",
    "Framework",
    "Grade",
    "Hours",
    "Kind",
    "LearningActivity",
    "Level",
    "LexicalEncoder",
    "Limit",
    "LimitKind",
    "Match",
    "Opportunity",
    "Place",
    "PlaceAmbiguous",
    "PlaceUnknown",
    "Places",
    "Posting",
    "Profession",
    "Profile",
    "Proposal",
    "Ranking",
    "Reason",
    "Region",
    "Requirement",
    "Route",
    "RouteStep",
    "SentenceEncoder",
    "Shape",
    "Slot",
    "Status",
    "Vectors",
    "VersionMismatch",
    "Weekday",
    "Why",
    "bits_to_slots",
    "clean",
    "distance_km",
    "encoder_version",
    "full_name",
    "has_words",
    "known_language",
    "limits_in",
    "load_encoder",
    "load_framework",
    "load_places",
    "load_region",
    "model_folder",
    "origins_in",
    "sentences",
    "slots_to_bits",
    "status_of",
]
