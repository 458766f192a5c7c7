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
)
from matcher.engine import Engine, VersionMismatch
from matcher.framework import Form, Framework, LearningActivity, load_framework
from matcher.lexical import LexicalEncoder
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
    "Framework",
    "Grade",
    "Hours",
    "Kind",
    "LearningActivity",
    "Level",
    "LexicalEncoder",
    "Match",
    "Opportunity",
    "Place",
    "PlaceAmbiguous",
    "PlaceUnknown",
    "Places",
    "Posting",
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
    "load_encoder",
    "load_framework",
    "load_places",
    "load_region",
    "sentences",
    "slots_to_bits",
    "status_of",
]
