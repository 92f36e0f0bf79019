"""Text that means harm, through every command and every screen of the real program in a real terminal."""
