"""A small folder of sound files, to be broken in one place at a time."""

from pathlib import Path

import pytest

POLICY = """\
crisisdesk: policy/1
title: Sample policy
version: "1.10"
adopted: not yet
reviewed: 2026-10-02 by comms, legal
organisation: Northwind
purpose: So that nobody argues at night.
scope: |
  All accounts.

  And all staff.
time-zone: Europe/London
working-hours:
  days: [monday, tue, wed, thu, fri]
  from: 9:00
  to: 17:30
regions:
  uk:
    title: United Kingdom
    languages: [en]
    holidays: [2026-12-25]
    advice: Counsel in London.
    clocks: [gdpr-33]
  no:
    title: Norway
roles:
  incident-lead:
    title: Incident lead
    duty: Decides.
    stand-in: comms-lead
  comms-lead:
    title: Communications lead
    duty: Speaks.
    must-not: Approve their own text.
    needed-from: sev2
  legal:
    title: Legal
    duty: Checks.
channels:
  x:
    title: X
    account: "@northwind"
    owner: comms-lead
    limit: 280
    counts: x-weighted
    checked-on: 2026-10-01
  website:
    title: Website
    account: northwind.example
    owner: comms-lead
severity:
  sev1:
    title: Critical
    choose-when: National media.
    first-word-within: 30 minutes
    update-every: 30 minutes
    approvals: [legal, incident-lead]
    pace: 1
    review-due: 5 working days of closing
  sev2:
    title: Serious
    choose-when:
      - Regional media.
      - A partner complains.
    first-word-within: 1 hour
    update-every: every 2 hours
    approvals: legal
    pace: 1.5
overrides:
  - when: safety-risk is yes
    level: sev1
    because: People come first.
facts:
  safety-risk:
    ask: Is anybody in danger?
  personal-data:
    ask: Was personal data seen?
    answers: [yes, no, unknown]
  regions:
    ask: Which regions?
    from: regions
  mentions:
    ask: How many mentions an hour?
    kind: number
approvals:
  author: The author is never the approver.
clocks:
  gdpr-33:
    title: Personal data breach
    tell: The supervisory authority
    within: 72 hours
    counted-from: awareness
    source: GDPR article 33
    source-kind: primary
    checked-on: 2026-10-01
  gdpr-34:
    title: The people concerned
    tell: Data subjects
    deadline: without undue delay
    chained-on: gdpr-33
    source: GDPR article 34
protected-words:
  - word: hack
    because: It admits a cause.
conduct:
  Personal accounts: Say it is you who speaks.
review-every: 6 months
evidence:
  largest-file: 25 MB
"""

COMMON = """\
crisisdesk: common/1
steps:
  capture-originals:
    capture: The posts, as they are
    who: comms-lead
    within: 10 minutes
    record:
      links: list
  call-legal:
    tell: Legal
    who: incident-lead
"""

PLAYBOOK = """\
# yaml-language-server: $schema=../schema/playbook.schema.json
crisisdesk: playbook/1
title: Account takeover
version: "3"
adopted: not yet                    # a date and names
reviewed: 2026-10-02 by comms, legal, hr
use-when: Someone outside the team is posting from one of our accounts.
words: [hacked, takeover, not-us]
usually: sev2

questions:
  dms-read:
    ask: Could the intruder read direct messages?
    answers: [yes, no, unknown]

phases:
  - phase: Contain
    goal: Nobody but us can post.
    done-when: Two people have seen the session list empty.
    steps:
      - use: capture-originals      # a step kept once
        within: 5 minutes

      - pause: Every scheduled and paid post
        who: comms-lead
        within: 10 minutes
        how: |
          Scheduler, then Queue.
          Read the count back.
        record:
          queues paused: list
          posts held: optional number

      - do: Sign out every session
        id: reclaim
        who: comms-lead
        within: 20 minutes
        mode: read-do
        confirmed-by: another person
        read-back: the account handle
        repeat: every 30 minutes until closing

      - decide: Do we take the account private?
        who: incident-lead
        options:
          Go private: Stops the bleeding.
          Stay public: Our warning is seen.
        revisit: 2 hours

  - phase: Tell people
    goal: The first honest word comes from us.
    steps:
      - say: holding
        on: [x, website]
        who: comms-lead
        within: 45 minutes
        approved-by: [legal]
        after: reclaim
        publish-first: ratify within 15 minutes

      - do: Notify the authority
        who: legal
        within: 24 hours of detection
        only-if: dms-read is not no and regions includes uk
        starts-clock: gdpr-33

      - do: Check the numbers
        who: comms-lead
        within: 2 working days of reclaim
        only-if: mentions at least 500 or severity at least sev1

stand-down-when: Mentions near the usual level.

statements:
  holding:
    pre-cleared: not yet
    text: >
      We are aware that posts on our {{channel}} account since {{occurred, time}} were not
      written by us. More by {{next update, time}}.
    on x: >
      Posts here since {{occurred, time}} were not ours. More by {{next update, time}}.
    in de: |
      Wir wissen davon.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "common.yaml").write_text(COMMON, encoding="utf-8")
    (tmp_path / "takeover.yaml").write_text(PLAYBOOK, encoding="utf-8")
    return tmp_path
