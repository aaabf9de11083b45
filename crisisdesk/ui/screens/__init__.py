"""One file a screen. A screen asks the desk, shows what it got, and turns keys into commands of the registry."""
