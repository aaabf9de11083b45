"""YAML files to the domain's own form, or to problems with their places.

The only room that imports YAML. Checks are this room's own: one table of shapes both checks the files and gives
the JSON Schemas, so that every message names a place and says in plain words what to write instead.
"""

from crisisdesk.loading.adopting import adopt, places
from crisisdesk.loading.codes import EXPLANATIONS
from crisisdesk.loading.copying import copy_schemas, copy_shipped
from crisisdesk.loading.library import (
    WHOLE,
    Library,
    LoadedPlaybook,
    LoadedPolicy,
    check_files,
    load_library,
    shipped_folder,
    shipped_schemas,
)
from crisisdesk.loading.problems import Problem, explain
from crisisdesk.loading.ranking import Rank, rank
from crisisdesk.loading.schema import json_schemas
from crisisdesk.loading.step_places import step_places

__all__ = [
    "EXPLANATIONS",
    "WHOLE",
    "Library",
    "LoadedPlaybook",
    "LoadedPolicy",
    "Problem",
    "Rank",
    "adopt",
    "check_files",
    "copy_schemas",
    "copy_shipped",
    "explain",
    "json_schemas",
    "load_library",
    "places",
    "rank",
    "shipped_folder",
    "shipped_schemas",
    "step_places",
]
