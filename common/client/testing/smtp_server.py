"""A mail server for tests on a free port of 127.0.0.1.

Prints its port as the first line, then each mail that it takes over as one line of JSON: envelope,
decoded headers and text. Ends with its standard input. Recipients choose its answers:
  unknown@…  550 5.1.1 at RCPT     busy@…    451 at RCPT        relay@…  550 5.7.1 at RCPT
  content@…  554 5.6.0 at DATA     silent@…  no answer to DATA
Options: --tls CERT KEY (STARTTLS is offered), --auth USER PASSWORD (wanted before any mail).
"""

import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

REFUSALS = {
    "unknown": "550 5.1.1 no such user here",
    "busy": "451 4.2.1 try again later",
    "relay": "550 5.7.1 relaying denied",
}


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = REFUSALS.get(address.split("@")[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        user = envelope.rcpt_tos[0].split("@")[0]
        if user == "content":
            return "554 5.6.0 content not wanted"
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        print(
            json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "tls": session.ssl is not None,
                    "user": (session.auth_data or b"").decode() if session.authenticated else "",
                    "headers": {name: str(value) for name, value in mail.items()},
                    "header_count": len(mail.items()),
                    "body": mail.get_content().replace("\r\n", "\n"),
                    "longest_line": max(len(line) for line in envelope.content.split(b"\r\n")),
                }
            ),
            flush=True,
        )
        if user == "silent":
            await asyncio.sleep(3600)
        return "250 OK taken over"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--auth", nargs=2)
    options = parser.parse_args()
    arguments = {"decode_data": False}
    if options.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*options.tls)
        arguments["tls_context"] = context
    if options.auth:

        def check(server, session, envelope, mechanism, data):
            good = [data.login.decode(), data.password.decode()] == options.auth
            return AuthResult(success=good, auth_data=data.login, handled=good)

        arguments |= {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Handler(), hostname="mail.test", **arguments), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
