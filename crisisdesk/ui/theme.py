"""The desk's own colours: every pair of text and ground at 4.5 : 1 or better (WCAG 1.4.3)."""

from textual.theme import Theme

NIGHT = Theme(
    name="crisisdesk-night",
    primary="#5fa8d3",
    secondary="#9db4c0",
    accent="#e0c068",
    warning="#f2c14e",
    error="#ff8a80",
    success="#8fd694",
    foreground="#eef2f5",
    background="#10161c",
    surface="#18212a",
    panel="#1f2d39",
    boost="#263644",
    dark=True,
    variables={
        "text-muted": "#a9b8c4",
        "text-error": "#ff9e96",
        "text-warning": "#f7d070",
        "text-success": "#9fe0a4",
        "text-accent": "#f0d585",
        "primary-muted": "#1e3a4f",
        "block-cursor-background": "#1d4159",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#1a3244",
    },
)
