"""Codes R6xx: what a lower layer may not do to a superior's rules."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

LAYERS = CodeTable(
    (
        Code(
            "R601",
            Level.ERROR,
            "放宽了刚性条款：{name}（{first}）：{what}",
            "刚性条款只能从严、不能从宽；请改回上级的写法，或改得更严",
        ),
        Code(
            "R602",
            Level.ERROR,
            "改动了刚性条款，看不出是从严还是从宽：{name}（{first}）：{what}",
            "请改回上级的写法；确需改动的，由上级在那里写明 adjustable",
        ),
        Code(
            "R603",
            Level.ERROR,
            "“{word}”改为 {value}，超出上级准许的范围 {bounds}（{first}）",
            "请改到范围以内",
        ),
        Code(
            "R604",
            Level.ERROR,
            "继承了 {base}，却没有增加或改动任何内容",
            "写上本级要增加或改动的内容；没有的，直接用上级的规则，不必另发一份",
        ),
        Code("R605", Level.ERROR, "上级规则里没有{kind}“{name}”，无从改动", "{hint}"),
        Code("R606", Level.ERROR, "{what}", "{remedy}"),
    )
)
"""What `layers` finds; none of it can be waived."""
