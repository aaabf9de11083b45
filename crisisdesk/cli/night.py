"""The sample night as commands: who typed what, how many minutes after it was declared at 21:40.

All names are made up. ``{folder}`` is the throw-away folder the night is played in. Times are relative, so that the
night can be played at any hour.
"""

from typing import NamedTuple

ATTACHMENT = "screenshot-of-the-post.png"
STATEMENT = "statement.txt"
WORDS = (
    "A private person's post is being linked to Example Organisation. It does not speak for us. "
    "We stand for respect for everybody, the people involved included. More by 22:45."
)
"""The words that go out, as they are saved beside the screenshot."""

INC = "INC-0001"
ADA, BEN, CARLA, DANA, ELI, FAY, GUS = (
    "Ada Okoro",
    "Ben Lindqvist",
    "Carla Mendes",
    "Dana Weiss",
    "Eli Novak",
    "Fay Arden",
    "Gus Teller",
)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000"
    "000a4944415478da6368000000820081da45083b0000000049454e44ae426082"
)
"""The smallest PNG there is, one grey dot: it stands for the screenshot."""


class Moment(NamedTuple):
    """One command of the night: minutes after declaring, who types it, its words; ``mark`` names a place to stop at."""

    minute: int
    by: str
    words: tuple[str, ...]
    mark: str = ""

    @property
    def argv(self) -> list[str]:
        """The command as it is typed, without the program's name and the desk's file."""
        return ["--as", self.by, *self.words]


def _night(*rows: tuple[int, str, str, tuple[str, ...]]) -> tuple[Moment, ...]:
    return tuple(Moment(minute, by, tuple(words), mark) for minute, by, mark, words in rows)


NIGHT = _night(
    # 1 Declared, and what is known
    (0, ADA, "", ("declare", "Personal post of a team member names us; two partners are upset", "-p", "employee-post",
                  "--occurred", "95 minutes ago", "--detected", "2 minutes ago")),
    (1, ADA, "", ("fact", INC, "employee-involved=yes")),
    (1, ADA, "", ("fact", INC, "partner-involved=yes")),
    (1, ADA, "", ("fact", INC, "posts-scheduled=yes")),
    (2, ADA, "", ("fact", INC, "platforms=x,linkedin")),
    (2, ADA, "", ("fact", INC, "personal-data=no")),
    (2, ADA, "", ("fact", INC, "safety-risk=no")),
    # 2 The originals first
    (4, ADA, "", ("attach", INC, f"{{folder}}/{ATTACHMENT}", "--step", "capture", "--note", "Whole screen, with address and clock",
                  "--original-author", "A private profile", "--original-time", "20:02, as shown on the post", "--tool", "Browser")),
    (5, ADA, "", ("done", INC, "capture", "--record", "link=https://social.example/post/1", "--record", "captured at=21:43",
                  "--note", "Profile names us in its first line.")),
    # 3 Roles, by name
    (6, ELI, "", ("role", "take", INC, "incident-lead")),
    (6, BEN, "", ("role", "take", INC, "comms-lead")),
    (6, ADA, "", ("role", "take", INC, "social-lead")),
    (7, FAY, "", ("role", "take", INC, "loggist")),
    (7, CARLA, "", ("role", "take", INC, "legal")),
    (7, ELI, "", ("role", "take", INC, "hr", DANA)),
    (7, ELI, "", ("done", INC, "name-roles", "--record", "not reached=deputy")),
    (8, ELI, "", ("severity", INC, "sev2")),
    (8, ELI, "", ("figure", INC, "mentions=340", "--source", "Listening tool")),
    (8, ELI, "", ("figure", INC, "usual-mentions=25", "--source", "Listening tool, last ninety days")),
    (9, ELI, "", ("done", INC, "size-it", "--record", "mentions per hour=340", "--record", "usual mentions per hour=25")),
    # 4 Nothing of ours goes out by itself
    (9, ADA, "", ("freeze", "pause", INC, "Scheduler", "--account", "@example-org", "--held", "5", "--may-post", ADA)),
    (9, ADA, "", ("freeze", "pause", INC, "Advertising", "--account", "@example-org", "--held", "2")),
    (10, ADA, "", ("freeze", "pause", INC, "Newsletter", "--account", "all lists", "--held", "0")),
    (10, ADA, "", ("done", INC, "pause-posts", "--record", "queues paused=Scheduler, advertising, newsletter",
                   "--record", "posts held=7", "--record", f"paused by={ADA}")),
    (11, ELI, "", ("done", INC, "answer-facts", "--record", f"who was asked={CARLA}")),
    (12, DANA, "", ("start", INC, "verify-author")),
    (14, DANA, "", ("done", INC, "verify-author", "--record", "basis=Same account as in the staff directory; seen by two of us",
                    "--record", "audience of the post=Public since this evening")),
    (15, DANA, "", ("fact", INC, "author-confirmed=yes")),
    (16, DANA, "", ("start", INC, "hear-employee")),
    (19, DANA, "", ("done", INC, "hear-employee", "--record", "spoken at=21:57", "--record", "what they need=Nobody at the door; wants the profile private",
                    "--sensitivity", "hr")),
    (20, DANA, "", ("fact", INC, "abuse-seen=no")),
    (21, CARLA, "", ("done", INC, "screen-protection", "--record", "regions screened=UK", "--record", "result=Protected opinion; no order to delete",
                     "--record", f"adviser={CARLA}")),
    (22, CARLA, "", ("claim", "do-not-say", INC, "The name of the employee", "--because", "A person must not be named")),
    (22, ADA, "", ("claim", "add", INC, "The profile was opened this week", "--source", "Replies under the post")),
    # 5 Two partners by phone, before any public word
    (23, BEN, "", ("tell", INC, "Partner north, Ms Hale", "--by", "phone", "--reached", "yes", "--promised", "A call before we publish anything",
                   "--step", "phone-partners")),
    (26, BEN, "", ("tell", INC, "Partner south, duty desk", "--by", "phone", "--reached", "no", "--step", "phone-partners")),
    (29, BEN, "", ("tell", INC, "Partner south, Mr Ito", "--by", "phone", "--reached", "yes", "--promised", "Our wording by 22:30",
                   "--step", "phone-partners")),
    (30, BEN, "", ("done", INC, "phone-partners", "--note", "Both reached; both ask that nobody be named.")),
    # 6 The decision: legal at the keyboard, HR on the phone
    (33, CARLA, "", ("approve", INC, "choose-line", "Values statement")),
    (33, BEN, "", ("--for", DANA, "--by", "phone", "approve", INC, "choose-line", "Values statement")),
    (34, BEN, "", ("decide", INC, "choose-line", "Values statement", "--because", "Partners need a public word; a person must not be named",
                   "--unknown", "Whether the post was shared on other platforms", "--consulted", "Carla Mendes, Dana Weiss", "--dissent",
                   "Dana Weiss would have waited until the morning")),
    (35, CARLA, "", ("approve", INC, "holding-line", "Reactive only")),
    (35, BEN, "", ("decide", INC, "holding-line", "Reactive only", "--because", "The statement follows within minutes")),
    # 7 Words, approved in parallel for exactly one text: legal at the keyboard, HR on the phone
    (36, ELI, "", ("promise", INC, "in 29 minutes", "More by then")),
    (36, BEN, "", ("statement", "draft", INC, "values", "--channel", "x")),
    (36, BEN, "", ("statement", "submit", INC, "values")),
    (37, CARLA, "", ("statement", "ask-changes", INC, "values", "--version", "1", "--because", "Say that it does not speak for us, and no more")),
    (38, BEN, "", ("statement", "edit", INC, "values", "--text-file", f"{{folder}}/{STATEMENT}")),
    (38, BEN, "", ("statement", "submit", INC, "values")),
    (39, CARLA, "half-way", ("statement", "approve", INC, "values", "--version", "2")),
    (39, ADA, "", ("--for", DANA, "--by", "phone", "statement", "approve", INC, "values", "--version", "2", "--because", "Read out word for word")),
    (40, ELI, "", ("statement", "approve", INC, "values", "--version", "2")),
    (41, ADA, "", ("statement", "publish", INC, "values", "--version", "2", "--link", "https://social.example/our/2",
                   "--text-file", f"{{folder}}/{STATEMENT}")),
    (41, ADA, "", ("done", INC, "publish-statement", "--record", f"text as published={WORDS}", "--record", "link=https://social.example/our/2")),
    (42, BEN, "", ("tell", INC, "All staff and customer care", "--by", "intranet", "--reached", "yes", "--step", "brief-staff")),
    (42, BEN, "", ("done", INC, "brief-staff")),
    # 8 The next update is promised; a journalist calls; a wrong time is corrected
    (43, ELI, "", ("done", INC, "set-cadence", "--record", "next update=22:45")),
    (46, FAY, "", ("enquiry", "add", INC, "Mr Lund", "--outlet", "Evening paper", "--question", "Who is the person?", "--deadline", "in 49 minutes",
                   "--occurred", "4 minutes ago")),
    (47, ELI, "", ("fact", INC, "media-asking=yes")),
    (49, FAY, "", ("correct", INC, "59", "--occurred", "8 minutes ago", "--because", "The call log of the phone says 22:21")),
    (50, BEN, "", ("enquiry", "answer", INC, "59", "--line", "We name nobody; a statement is out")),
    (50, ELI, "", ("add-step", INC, "Ask the partners' desks to send replies to us", "--who", "comms-lead", "--within", "30 minutes")),
    (52, ELI, "", ("assign", INC, "notify-roles", FAY)),
    (53, FAY, "", ("tell", INC, "Executive sponsor", "--by", "phone", "--reached", "no", "--step", "notify-roles",
                   "--occurred", "9 minutes ago", "--late-because", "On the phone with the partners' desks")),
    (55, FAY, "", ("done", INC, "notify-roles", "--note", "Everybody but the sponsor; stand-in told.")),
    (57, DANA, "", ("confirm", INC, "52", "--because", "At the keyboard now; that was the text")),
    (58, BEN, "", ("start", INC, "remind-disclosure")),
    (60, BEN, "", ("block", INC, "remind-disclosure", "--because", "The intranet is down")),
    (68, ELI, "", ("update", INC, "No further posts from the profile; we are talking with our partners.", "--next", "in 60 minutes")),
    (70, BEN, "", ("unblock", INC, "remind-disclosure", "--because", "The intranet is back")),
    (70, CARLA, "", ("approve", INC, "remind-disclosure")),
    (71, BEN, "", ("done", INC, "remind-disclosure", "--record", "sent to=All staff, by mail")),
    (75, BEN, "", ("done", INC, "added-1", "--note", "Both agreed.")),
    (80, BEN, "", ("done", INC, "media-line", "--record", "outlets and deadlines=Evening paper, 23:15, we name nobody")),
    (90, ELI, "", ("skip", INC, "check-regions", "--because", "Published in one language and one region only")),
    (100, CARLA, "", ("decide", INC, "legal-hold", "No hold", "--because", "Nobody has threatened a claim")),
    (108, CARLA, "", ("approve", INC, "hr-process")),
    (110, DANA, "", ("done", INC, "hr-process", "--record", "case reference=HR-2210", "--sensitivity", "hr")),
    (125, ELI, "", ("update", INC, "Mentions are falling; next word in the morning.", "--next", "in 7 hours")),
    (130, ELI, "", ("done", INC, "situation-cycle", "--record", "what changed=Falling since 23:00; two partners satisfied")),
    # 9 Shift change at 06:00
    (495, ELI, "", ("role", "hand-over", INC, "incident-lead", "--to", GUS, "--because", "Shift change")),
    (496, GUS, "", ("brief", INC, "--to", "{folder}/brief.md")),
    (500, GUS, "", ("role", "accept", INC, "incident-lead")),
    (505, ADA, "", ("update", INC, "Nothing new overnight.")),
    # 10 Stood down, closed, and exported
    (580, ADA, "", ("freeze", "release", INC, "Scheduler")),
    (581, ADA, "", ("freeze", "release", INC, "Advertising")),
    (582, BEN, "", ("freeze", "release", INC, "Newsletter", "--binned", "--because", "It was about the week before")),
    (600, BEN, "", ("approve", INC, "stand-down-check")),
    (600, GUS, "", ("done", INC, "stand-down-check", "--record", "mentions at the last two checks=31 and 27 an hour",
                    "--record", "queues released=Scheduler by Ada Okoro; advertising by Ada Okoro; newsletter binned by Ben Lindqvist")),
    (605, GUS, "", ("stand-down", INC, "--because", "Near the usual level at two checks; nothing promised; queues released")),
    (610, GUS, "", ("close", INC)),
    (640, GUS, "", ("done", INC, "hot-debrief", "--record", "went well=Partners heard it from us", "--record", "did not=No deputy all night")),
    # 11 Reviewed: what mattered, what was found, what is to be done
    (642, GUS, "", ("review", "moment", INC, "25")),
    (642, GUS, "", ("review", "moment", INC, "42")),
    (642, GUS, "", ("review", "moment", INC, "54")),
    (643, GUS, "", ("review", "finding", INC, "went well", "Partners heard it from us before any public word.", "--about", "36,38")),
    (644, GUS, "", ("review", "finding", INC, "did not", "The first promised update went out three minutes late.", "--about", "45,70")),
    (644, GUS, "", ("review", "finding", INC, "lucky", "Mentions peaked before the morning papers closed.", "--about", "81")),
    (645, GUS, "", ("review", "finding", INC, "contributed", "No deputy was on call that night.", "--about", "17")),
    (646, GUS, "", ("review", "rate", INC, "capture-and-contain", "P")),
    (646, GUS, "", ("review", "rate", INC, "find-out", "P")),
    (646, GUS, "", ("review", "rate", INC, "decide", "P")),
    (647, GUS, "", ("review", "rate", INC, "speak", "S", "--because", "The first promised update was three minutes late.")),
    (647, GUS, "", ("review", "rate", INC, "keep-going", "S", "--because", "The intranet was down for ten minutes.")),
    (648, GUS, "", ("follow-up", "add", INC, "Name a deputy for every night on call", "--owner", ELI, "--due", "in 21 days",
                    "--verify", "Two rehearsals led by the deputy alone", "--about", "17")),
    (649, GUS, "", ("follow-up", "add", INC, "Keep the staff reminder ready to send by mail, too", "--owner", BEN, "--due", "in 14 days",
                    "--verify", "Sent in the next rehearsal with the intranet off", "--about", "69")),
    (650, FAY, "", ("verify", INC)),
    (651, FAY, "", ("export", INC, "--to", "{folder}/summary.md")),
)  # fmt: skip
