"""The desk's own colours, three of them: every pair of text and ground at 4.5 : 1 or better (WCAG 1.4.3), high contrast at 7 : 1.

A test computes it from the drawn screens.
"""

from textual.theme import Theme

PREFIX = "crisisdesk-"

NIGHT = Theme(
    name=f"{PREFIX}dark",
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
        "text-disabled": "#a9b8c4",
        "text-error": "#ff9e96",
        "text-warning": "#f7d070",
        "text-success": "#9fe0a4",
        "text-accent": "#f0d585",
        "text-primary": "#8cc6e8",
        "primary-muted": "#1e3a4f",
        "block-cursor-background": "#1d4159",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#1a3244",
        "block-cursor-blurred-foreground": "#ffffff",
        "input-cursor-background": "#eef2f5",
        "input-cursor-foreground": "#10161c",
        "input-selection-background": "#2f5f7f",
        "footer-key-foreground": "#f0d585",
        "scrollbar": "#4a6175",
        "scrollbar-background": "#10161c",
    },
)

DAY = Theme(
    name=f"{PREFIX}light",
    primary="#1b5e8c",
    secondary="#44586a",
    accent="#7a4b00",
    warning="#7a4b00",
    error="#a31515",
    success="#1b5e20",
    foreground="#14202b",
    background="#fbfcfd",
    surface="#f1f4f7",
    panel="#e4eaf0",
    boost="#d8e1e9",
    dark=False,
    variables={
        "text-muted": "#42525f",
        "text-disabled": "#42525f",
        "text-error": "#a31515",
        "text-warning": "#714500",
        "text-success": "#1b5e20",
        "text-accent": "#714500",
        "text-primary": "#14507a",
        "primary-muted": "#cfe3f2",
        "block-cursor-background": "#cfe3f2",
        "block-cursor-foreground": "#0b1620",
        "block-cursor-blurred-background": "#dfe8ef",
        "block-cursor-blurred-foreground": "#0b1620",
        "input-cursor-background": "#14202b",
        "input-cursor-foreground": "#fbfcfd",
        "input-selection-background": "#b8d8ef",
        "footer-key-foreground": "#714500",
        "scrollbar": "#7d8e9c",
        "scrollbar-background": "#fbfcfd",
    },
)

STRONG = Theme(
    name=f"{PREFIX}high-contrast",
    primary="#00e5ff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ffb3b3",
    success="#7dff7d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#000000",
    dark=True,
    variables={
        "text-muted": "#ffffff",
        "text-disabled": "#ffffff",
        "text-error": "#ffb3b3",
        "text-warning": "#ffff00",
        "text-success": "#7dff7d",
        "text-accent": "#ffff00",
        "text-primary": "#00e5ff",
        "primary-muted": "#003a44",
        "block-cursor-background": "#00323a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-blurred-background": "#00262c",
        "block-cursor-blurred-foreground": "#ffffff",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#004d5a",
        "footer-key-foreground": "#ffff00",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#000000",
    },
)

THEMES = (NIGHT, DAY, STRONG)
"""In the order in which the key goes round."""


def after(name: str) -> str:
    """Return the theme that follows one, round and round."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
