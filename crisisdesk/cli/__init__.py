"""The command line: one twin for every action of the screen, and the only reader of environment and settings.

Exit 0 done, 1 refused or problems found, 2 wrong use. Messages on standard error, data on standard output.
"""

import gc
import sys
from collections.abc import Sequence

__all__ = ["main"]

STOPPED = "Stopped. Nothing more was written."


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command, or open the desk. Never shows a traceback; ends the process with the exit code."""
    gc.disable()  # a one-line command ends before a collection would pay; the screen turns it on again
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a lone surrogate must not end a command half-way
    try:
        from crisisdesk.cli.commands import crisisdesk

        code = run(crisisdesk, list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:  # while the program is still loaded: later, click makes an Abort of it
        sys.stderr.write(f"{STOPPED}\n")
        code = 1
    except OSError as trouble:
        code = _closed_pipe() if isinstance(trouble, BrokenPipeError) else _unprinted(trouble)
    sys.exit(code)


def run(command: object, argv: list[str], **settings: object) -> int:
    """Run a click command and return its exit code; every failure is a sentence on standard error."""
    import click

    from crisisdesk.cli.session import Stop, complain
    from crisisdesk.desk import JournalTrouble

    assert isinstance(command, click.Command)  # noqa: S101 - for the type checker; only our own group comes here
    try:
        result = command.main(argv, prog_name="crisisdesk", standalone_mode=False, **settings)  # type: ignore[call-overload]  # click's own keywords
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        complain(STOPPED)
        return 1
    except click.ClickException as wrong:
        if isinstance(wrong, click.UsageError) and wrong.ctx is not None:
            complain(wrong.ctx.get_usage())
        complain(wrong.format_message())
        return wrong.exit_code
    except SystemExit:  # click's own way out, here, when whoever read our output has gone
        return _closed_pipe()
    except Stop as stop:
        complain(stop.sentence, stop.remedy)
        return stop.code
    except JournalTrouble as trouble:
        complain(trouble.sentence, trouble.remedy)
        return 1
    except BrokenPipeError:
        return _closed_pipe()
    except OSError as trouble:
        return _unprinted(trouble)
    except Exception as fault:  # noqa: BLE001 - the last net: people get a sentence, the crash file gets the rest
        from crisisdesk.crash import crash_file

        complain(f"CrisisDesk made a mistake ({type(fault).__name__}). Everything it said was saved is saved.",
                 f"Please send this file to whoever looks after it; it holds no words of the incident: {crash_file(fault)}")  # fmt: skip
        return 1
    return result if isinstance(result, int) else 0


def _closed_pipe() -> int:
    """Whoever read our output went away (``| head``): not an error, and nothing to say."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unprinted(trouble: OSError) -> int:
    """Say that the system refused something at the edge of the program: a full disk behind the output, a name too long."""
    from crisisdesk.cli.session import complain, last_saved

    complain(
        f"The system refused: {trouble.strerror or trouble}." + (f" {last_saved()}" if last_saved() else "")
    )
    _closed_pipe()
    return 0 if last_saved() else 1
