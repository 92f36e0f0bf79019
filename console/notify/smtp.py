"""Mail: one message a letter, with a Message-ID made from its key, so that a second copy is known for one."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.utils import format_datetime

from console.desk.deliveries import Parcel
from console.domain.delivering import Came, Result
from console.notify.addresses import is_address
from console.notify.channels import Mail

PERMANENT = 500
"""From this code on a server says that trying again makes no sense."""


_TEXT = Charset("utf-8")
_TEXT.body_encoding = QP


def send(setup: Mail, parcel: Parcel, now: datetime) -> Result:
    """Send one letter by mail."""
    if not is_address(parcel.address):
        whose = parcel.delivery.person or parcel.delivery.outside
        return Result(Came.NEVER, f"{whose} has no mail address that can be used")
    try:
        server = _connected(setup)
    except (OSError, smtplib.SMTPException) as error:
        return Result(Came.LATER, f"{setup.host}: {_said(error)}", is_down=True)
    try:
        server.send_message(mail(setup, parcel, now), setup.sender, [parcel.address])
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        return _refused(code, said)
    except smtplib.SMTPDataError as refused:
        return _refused(refused.smtp_code, refused.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return Result(Came.LATER, f"{setup.host}: {_said(error)}", is_down=True)
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()
    return Result(Came.SENT)


def mail(setup: Mail, parcel: Parcel, now: datetime) -> Message:
    """Give the message: plain text, marked as sent by a machine, so that no machine answers it."""
    message = Message()
    message.set_payload(parcel.letter.body, _TEXT)
    message["From"] = setup.sender
    message["To"] = parcel.address
    message["Subject"] = _subject(parcel.letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{parcel.key}@{setup.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["X-Triage-Key"] = parcel.key
    return message


def _subject(text: str) -> str:
    """Give a subject that says exactly this.

    Text that looks encoded already is encoded once more: `EmailMessage` would decode it, line breaks and all, and so
    let a case's title write headers.
    """
    is_plain = text.isascii() and "=?" not in text
    return Header(text, "us-ascii" if is_plain else "utf-8", header_name="Subject").encode()


def _connected(setup: Mail) -> smtplib.SMTP:
    """Give a session on the server, encrypted and signed in where that is asked for, or nothing at all."""
    if setup.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            setup.host, setup.port, timeout=setup.timeout, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(setup.host, setup.port, timeout=setup.timeout)
    try:
        if setup.starttls:
            server.starttls(context=ssl.create_default_context())
        if setup.user:
            server.login(setup.user, setup.password)
    except BaseException:
        server.close()
        raise
    return server


def _refused(code: int, said: bytes | str) -> Result:
    """Say what a server's refusal of one message means for the next try."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Result(Came.NEVER if code >= PERMANENT else Came.LATER, f"{code} {text}")


def _said(error: Exception) -> str:
    """Say what went wrong, without anything that was sent."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    return str(error) or type(error).__name__
