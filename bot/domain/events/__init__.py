"""What happened to a case. Appended, never changed; old ones are read for ever.

A field is only ever added, with a default. Mistakes are mended by `Corrected`.
"""

from datetime import datetime

from msgspec import Struct

from bot.domain.events.case_events import Accepted as Accepted
from bot.domain.events.case_events import Acknowledged as Acknowledged
from bot.domain.events.case_events import AlertDecided as AlertDecided
from bot.domain.events.case_events import Assigned as Assigned
from bot.domain.events.case_events import Attended as Attended
from bot.domain.events.case_events import CarerDisagreed as CarerDisagreed
from bot.domain.events.case_events import Categorised as Categorised
from bot.domain.events.case_events import Closed as Closed
from bot.domain.events.case_events import Confirmed as Confirmed
from bot.domain.events.case_events import Considered as Considered
from bot.domain.events.case_events import Corrected as Corrected
from bot.domain.events.case_events import Declined as Declined
from bot.domain.events.case_events import Described as Described
from bot.domain.events.case_events import DowngradeApproved as DowngradeApproved
from bot.domain.events.case_events import DowngradeAsked as DowngradeAsked
from bot.domain.events.case_events import DowngradeRefused as DowngradeRefused
from bot.domain.events.case_events import DuplicateAsked as DuplicateAsked
from bot.domain.events.case_events import EnquiryDone as EnquiryDone
from bot.domain.events.case_events import EnquirySet as EnquirySet
from bot.domain.events.case_events import EpisodeLinked as EpisodeLinked
from bot.domain.events.case_events import EpisodesShown as EpisodesShown
from bot.domain.events.case_events import EpisodesUnread as EpisodesUnread
from bot.domain.events.case_events import Escalated as Escalated
from bot.domain.events.case_events import Event as Event
from bot.domain.events.case_events import Graded as Graded
from bot.domain.events.case_events import InformationReceived as InformationReceived
from bot.domain.events.case_events import Interviewed as Interviewed
from bot.domain.events.case_events import Located as Located
from bot.domain.events.case_events import MarkersAnswered as MarkersAnswered
from bot.domain.events.case_events import Noted as Noted
from bot.domain.events.case_events import PpnRecorded as PpnRecorded
from bot.domain.events.case_events import Quoted as Quoted
from bot.domain.events.case_events import Released as Released
from bot.domain.events.case_events import Reopened as Reopened
from bot.domain.events.case_events import Reported as Reported
from bot.domain.events.case_events import Reviewed as Reviewed
from bot.domain.events.case_events import SameChildSaid as SameChildSaid
from bot.domain.events.case_events import SignedOff as SignedOff
from bot.domain.events.case_events import Taken as Taken
from bot.domain.events.case_events import Told as Told
from bot.domain.events.case_events import TransferAccepted as TransferAccepted
from bot.domain.events.case_events import TransferKept as TransferKept
from bot.domain.events.case_events import Transferred as Transferred
from bot.domain.events.case_events import TransferRefused as TransferRefused
from bot.domain.events.case_events import VoidAsked as VoidAsked
from bot.domain.events.case_events import quoted_fields as quoted_fields
from bot.domain.events.paging_events import CalledBeside as CalledBeside
from bot.domain.events.paging_events import Cleared as Cleared
from bot.domain.events.paging_events import Delivered as Delivered
from bot.domain.events.paging_events import HandoverAccepted as HandoverAccepted
from bot.domain.events.paging_events import HandoverCaseTaken as HandoverCaseTaken
from bot.domain.events.paging_events import HandoverOffered as HandoverOffered
from bot.domain.events.paging_events import OutReason as OutReason
from bot.domain.events.paging_events import Paged as Paged
from bot.domain.events.paging_events import PageLine as PageLine
from bot.domain.events.paging_events import PutOnDuty as PutOnDuty
from bot.domain.events.paging_events import ShiftEnded as ShiftEnded
from bot.domain.events.paging_events import SlackSilent as SlackSilent
from bot.domain.events.paging_events import TakenOffDuty as TakenOffDuty
from bot.domain.events.paging_events import TextFailed as TextFailed
from bot.domain.events.paging_events import TurnsDue as TurnsDue
from bot.domain.events.paging_events import WentOut as WentOut
from bot.domain.people import Role

AnyEvent = (
    Reported
    | EpisodeLinked
    | SameChildSaid
    | EpisodesShown
    | EpisodesUnread
    | MarkersAnswered
    | Described
    | Graded
    | DowngradeAsked
    | DowngradeApproved
    | DowngradeRefused
    | Categorised
    | SignedOff
    | Assigned
    | Accepted
    | Declined
    | Released
    | Escalated
    | Taken
    | Acknowledged
    | Told
    | EnquirySet
    | EnquiryDone
    | Noted
    | InformationReceived
    | Considered
    | Reviewed
    | PpnRecorded
    | Transferred
    | TransferAccepted
    | TransferRefused
    | TransferKept
    | Attended
    | CarerDisagreed
    | AlertDecided
    | Located
    | Interviewed
    | Closed
    | Reopened
    | Corrected
    | VoidAsked
    | DuplicateAsked
    | Confirmed
    | HandoverOffered
    | HandoverCaseTaken
    | HandoverAccepted
    | PutOnDuty
    | TakenOffDuty
    | ShiftEnded
    | TurnsDue
    | Paged
    | Delivered
    | Cleared
    | SlackSilent
    | WentOut
    | CalledBeside
    | TextFailed
)


# What becomes of pages, as the engine writes it down by itself: nobody did anything.
OF_PAGES = (Paged, Delivered, Cleared, SlackSilent, WentOut, CalledBeside, TextFailed)


# That, and what the screens write of what was shown: no step of anybody's on the case.
FROM_THE_ENGINE = (*OF_PAGES, EpisodesShown, EpisodesUnread, EpisodeLinked)


class Entry(Struct, frozen=True, kw_only=True):
    """An event as it stands in the record: who, when, with which roles, from which surface."""

    at: datetime  # aware, UTC
    by: str
    event: AnyEvent
    roles: frozenset[Role] = frozenset()
    surface: str = ""
