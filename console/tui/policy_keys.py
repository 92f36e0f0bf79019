"""The keys of the policy's screens: the draft, what a back-test of it came to, the cases that flip, turning it on."""

from __future__ import annotations

from console.domain.access import Deed
from console.tui.key import Key, Where

POLICY = frozenset({Where.POLICY})
TRIED = frozenset({Where.BACKTEST})
FLIPS = frozenset({Where.FLIPS})
WEIGHING = frozenset({Where.WEIGH})
POLICY_LISTS = frozenset({Where.POLICY, Where.BACKTEST, Where.FLIPS, Where.WEIGH, Where.POLICIES})
"""The places of these screens; each is moved through like a list."""

POLICY_KEYS = (
    Key("policy", ("B",), "show_policy", "policy: draft and back-test", None, frozenset({Where.QUEUE, Where.BOARD})),
    Key("edit-line", ("enter",), "edit_line", "edit", None, POLICY, 2),
    Key("add-line", ("a",), "add_line", "add a line below", None, POLICY),
    Key("remove-line", ("x",), "remove_line", "take the line out, put it back", None, POLICY),
    Key("undo", ("u",), "undo", "undo", None, POLICY, 7),
    Key("redo", ("U",), "redo", "redo", None, POLICY),
    Key("drop-draft", ("f8",), "drop_draft", "drop the draft", None, POLICY),
    Key("find-word", ("slash",), "find_word", "find", None, POLICY, 6),
    Key("next-match", ("n",), "next_match", "next match", None, POLICY),
    Key("previous-match", ("N",), "previous_match", "match before", None, POLICY),
    Key("next-table", ("right_square_bracket",), "next_table", "next table", None, POLICY),
    Key("previous-table", ("left_square_bracket",), "previous_table", "table before", None, POLICY),
    Key("next-change", ("full_stop",), "next_change", "next change or remark", None, POLICY),
    Key("previous-change", ("comma",), "previous_change", "change or remark before", None, POLICY),
    Key("backtest", ("t",), "backtest", "back-test", None, POLICY, 3),
    Key("tested", ("r",), "tested", "what the back-test came to", None, POLICY),
    Key("suggest", ("s",), "suggest", "suggest", None, POLICY, 5),
    Key("turn-on", ("o",), "turn_on", "turn on", Deed.POLICY, POLICY, 4),
    Key("turn-back", ("O",), "turn_back", "turn back to the policy before", Deed.POLICY, POLICY),
    Key("policies", ("h",), "show_policies", "history", None, POLICY, 8),
    Key("flips", ("enter",), "flips", "cases that flip", None, TRIED, 2),
    Key("open", ("enter",), "open", "open", None, FLIPS, 2),
    Key("next-tab", ("tab", "right_square_bracket", "full_stop"), "next_tab", "next kind", None, FLIPS, 3),
    Key("previous-tab", ("shift+tab", "left_square_bracket", "comma"), "previous_tab", "kind before", None, FLIPS),
    Key("yes", ("y",), "answer_yes", "yes", None, WEIGHING, 2),
    Key("back", ("n", "enter", "q", "escape"), "back", "no", None, WEIGHING, 1),
    Key("log", ("L",), "show_log", "messages", None, POLICY),
    Key("refresh", ("R",), "refresh_view", "refresh", None, POLICY),
    Key("back", ("q", "escape"), "back", "back", None, POLICY_LISTS - WEIGHING, 1),
)
