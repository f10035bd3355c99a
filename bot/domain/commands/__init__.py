"""What a person asks of the desk. Each is one step of `scenarios/`, one action in Slack, one terminal command.

A step is declared here and nowhere else (`declared.py` says what comes of it): its fields with their types and kinds,
who may (domain.md §5; one who holds several roles may do what any of them may), its name, and the question that each
field answers. A string without a default must be there. `field(name=…)` is what a scenario calls it.

Times are absolute and aware: the edge that hears "in 30 minutes" knows when it was said.
"""

# ruff: noqa: I001 - in the order of a case's life, in which the steps are listed everywhere.
from bot.domain.declared import Command as Command
from bot.domain.commands.report_and_risk import GradeGiven as GradeGiven
from bot.domain.commands.report_and_risk import Report as Report
from bot.domain.commands.report_and_risk import AnswerMarkers as AnswerMarkers
from bot.domain.commands.report_and_risk import Describe as Describe
from bot.domain.commands.report_and_risk import GradeCase as GradeCase
from bot.domain.commands.report_and_risk import Approve as Approve
from bot.domain.commands.report_and_risk import Refuse as Refuse
from bot.domain.commands.report_and_risk import Categorise as Categorise
from bot.domain.commands.report_and_risk import SignOff as SignOff
from bot.domain.commands.report_and_risk import SameChild as SameChild
from bot.domain.commands.ownership_steps import Assign as Assign
from bot.domain.commands.ownership_steps import Accept as Accept
from bot.domain.commands.ownership_steps import Decline as Decline
from bot.domain.commands.ownership_steps import Escalate as Escalate
from bot.domain.commands.ownership_steps import Release as Release
from bot.domain.commands.ownership_steps import Take as Take
from bot.domain.commands.ownership_steps import Acknowledge as Acknowledge
from bot.domain.commands.ownership_steps import Tell as Tell
from bot.domain.commands.work_steps import SetEnquiry as SetEnquiry
from bot.domain.commands.work_steps import FinishEnquiry as FinishEnquiry
from bot.domain.commands.work_steps import Note as Note
from bot.domain.commands.work_steps import Inform as Inform
from bot.domain.commands.work_steps import Consider as Consider
from bot.domain.commands.work_steps import Review as Review
from bot.domain.commands.work_steps import RecordPpn as RecordPpn
from bot.domain.commands.ownership_steps import OfferHandover as OfferHandover
from bot.domain.commands.ownership_steps import TakeCase as TakeCase
from bot.domain.commands.ownership_steps import AcceptHandover as AcceptHandover
from bot.domain.commands.ownership_steps import PutOnDuty as PutOnDuty
from bot.domain.commands.ownership_steps import TakeOffDuty as TakeOffDuty
from bot.domain.commands.ending_steps import Transfer as Transfer
from bot.domain.commands.ending_steps import AcceptTransfer as AcceptTransfer
from bot.domain.commands.ending_steps import RefuseTransfer as RefuseTransfer
from bot.domain.commands.ending_steps import Keep as Keep
from bot.domain.commands.ending_steps import Attend as Attend
from bot.domain.commands.ending_steps import CarerDisagrees as CarerDisagrees
from bot.domain.commands.ending_steps import DecideAlert as DecideAlert
from bot.domain.commands.ending_steps import Locate as Locate
from bot.domain.commands.ending_steps import Interview as Interview
from bot.domain.commands.ending_steps import Close as Close
from bot.domain.commands.ending_steps import Reopen as Reopen
from bot.domain.commands.ending_steps import Correct as Correct
from bot.domain.commands.ending_steps import Void as Void
from bot.domain.commands.ending_steps import Duplicate as Duplicate
from bot.domain.commands.ending_steps import Confirm as Confirm
from bot.domain.commands.ending_steps import ShowEpisodes as ShowEpisodes
