"""Response headers that keep a browser from doing what the portal never asks for."""

from __future__ import annotations

from flask import Flask, Response

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def only_look(response: Response) -> None:
    """Let a page of our own show this one in a frame, and let nothing in it run or lead on.

    For what was written for a mailbox: its looks stand at each part of it.
    """
    response.headers["Content-Security-Policy"] = "; ".join(
        (
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "sandbox",
        )
    )
    response.headers["X-Frame-Options"] = "SAMEORIGIN"


def with_frame(response: Response) -> None:
    """Let this page show another of our own in a frame."""
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"


def init(app: Flask) -> None:
    """Send the headers with every response of `app`, error pages included."""

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            # A view loosens one only by a function of this file.
            response.headers.setdefault(name, value)
        if app.config["BEKWAAM_HTTPS"]:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if response.mimetype == "text/html":
            # Pages hold what one person wrote; static files have their own rule.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
