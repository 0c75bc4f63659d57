"""A merchant's client in another language: written from docs/protocol.md alone, with Python's own modules and openssl.

client.py <wallet url> <client id> <private key> <wallet's public key> <auth code> [mistake]

Prints one JSON object: the result of the last answer, whether the answer verifies, and the user id if there is one.
With the name of a mistake it does what merchants do wrong, and nothing else differs.
"""

import base64
import datetime
import http.client
import json
import subprocess
import sys
import tempfile
import urllib.parse

TOKEN_PATH = "/v2/authorizations/applyToken"
USER_PATH = "/v2/customers/user/inquiryUserInfo"
SOUTH_AFRICA = datetime.timezone(datetime.timedelta(hours=2))

url, client_id, private_key, wallet_key, auth_code = sys.argv[1:6]
mistake = sys.argv[6] if len(sys.argv) > 6 else None


def request_time():
    if mistake == "pastes an offset on":
        now = datetime.datetime.now(datetime.timezone.utc)
        return now.isoformat(timespec="milliseconds").replace("+00:00", "+02:00")
    return datetime.datetime.now(SOUTH_AFRICA).isoformat(timespec="milliseconds")


def sign(text):
    made = subprocess.run(["openssl", "dgst", "-sha256", "-sign", private_key], input=text, capture_output=True, check=True)
    return base64.b64encode(made.stdout).decode()


def verifies(path, headers, body):
    parts = dict(part.strip().split("=", 1) for part in headers.get("signature", "").split(",") if "=" in part)
    if "signature" not in parts:
        return False
    text = f"POST {path}\n{client_id}.{headers['response-time']}.".encode() + body
    key = wallet_key
    with tempfile.NamedTemporaryFile() as signature:
        signature.write(base64.b64decode(urllib.parse.unquote(parts["signature"])))
        signature.flush()
        if mistake == "verifies with the own key":
            own = subprocess.run(["openssl", "pkey", "-in", private_key, "-pubout"], capture_output=True, check=True)
            with tempfile.NamedTemporaryFile() as public:
                public.write(own.stdout)
                public.flush()
                return openssl_verify(public.name, signature.name, text)
        return openssl_verify(key, signature.name, text)


def openssl_verify(key, signature, text):
    command = ["openssl", "dgst", "-sha256", "-verify", key, "-signature", signature]
    return subprocess.run(command, input=text, capture_output=True, check=False).returncode == 0


def signed_headers(path, signed_body):
    time = request_time()
    signed_path = path[1:] if mistake == "signs the path without its slash" else path
    signature = sign(f"POST {signed_path}\n{client_id}.{time}.{signed_body}".encode())
    if mistake == "URL-encodes the signature":
        signature = urllib.parse.quote(signature, safe="")
    if mistake == "loses the + in form-decoding":
        # A signature without a + would travel unharmed.
        signature = " " + signature.replace("+", " ")[1:]
    version = 9 if mistake == "names a key version that is not registered" else 1
    headers = {
        "Content-Type": "application/json",
        "Client-Id": client_id,
        "Request-Time": time,
        "Signature": f"algorithm=RSA256, keyVersion={version}, signature={signature}",
    }
    if mistake == "calls from the mini program":
        headers["Origin"] = "https://shop.example"
    return headers


def call(path, value, headers=None):
    body = json.dumps(value, separators=(",", ":"))
    signed = json.dumps(value) if mistake == "serialises a second time to sign" else body
    if mistake == "serialises twice to send":
        body = json.dumps(body)
    headers = headers or signed_headers(path, signed)
    target = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname, target.port, timeout=30)
    connection.request("POST", path, body.encode(), headers)
    answer = connection.getresponse()
    raw = answer.read()
    connection.close()
    given = {name.lower(): text for name, text in answer.getheaders()}
    return json.loads(raw), verifies(path, given, raw), headers


def login():
    grant = {"grantType": "AUTHORIZATION_CODE", "authCode": auth_code}
    tokens, verified, headers = call(TOKEN_PATH, grant)
    if mistake == "repeats the call with the same code":
        tokens, verified, headers = call(TOKEN_PATH, grant)
    if tokens["result"]["resultStatus"] != "S":
        return tokens, verified
    other = "2021000000000000000000" if mistake == "names another authClientId" else client_id
    inquiry = {"accessToken": tokens["accessToken"], "authClientId": other}
    user, verified, _ = call(USER_PATH, inquiry, headers if mistake == "uses one set of headers for two calls" else None)
    return user, verified


answer, verified = login()
print(json.dumps({**answer["result"], "verified": verified, "userId": answer.get("userInfo", {}).get("userId")}))
