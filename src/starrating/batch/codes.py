"""Codes of batches: D7xx for their files, E3xx for what a batch can not do."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

BATCH = CodeTable(
    [
        Code("D701", Level.FATAL, "{sheet}缺少分块 {part}", "每张表的分块要一样多、同名；没有记录的分块放一个空表"),
        Code("D702", Level.FATAL, "读不到文件：{reason}", "核对文件是否完整"),
        Code("D703", Level.FATAL, "没有“党组织”表的分块", "在数据文件夹里建“党组织”文件夹，每个分块一个 Parquet 或 csv 文件"),
        Code("D704", Level.FATAL, "缺少列“{column}”", "补上这一列"),
        Code("D705", Level.ERROR, "{sheet}有 {count} 行的党组织“{name}”不在名册中，没有计入", "核对党组织代码或名称"),
        Code("D706", Level.ERROR, "{sheet}的“{column}”有 {count} 格不能识别，如“{value}”，按未知算", "改成这一列的写法"),
        Code("D707", Level.FATAL, "党组织代码“{code}”出现了两次", "删去重复的一行"),
        Code("D708", Level.FATAL, "第 {row} 行有 {count} 格，表头有 {columns} 列", "每行的格数要一样多；文字里有逗号的，给这一格加引号"),
        Code("D709", Level.FATAL, "一个分块有两个文件：{one}、{two}", "只留一个"),
        Code("D710", Level.FATAL, "有 {count} 行没有“{column}”", "补上，或删去空行"),
        Code("E301", Level.FATAL, "成批评定不支持：{what}", "按乡镇或县分开评定，或改用一个工作簿"),
        Code("E302", Level.FATAL, "计算的数超出 64 位整数：{place}", "检查该处的数是否过大"),
        Code("E306", Level.WARNING, "上次评定有 {count} 项未完成的任务，其党组织不在名册中，没有结转", "核对名册；合并、拆分的党组织，任务由承接的党组织另行列出"),
        Code("E307", Level.FATAL, "这批数据中没有党组织“{name}”", "写代码，或完整名称"),
        Code("E308", Level.FATAL, "与“{name}”相比的党组织有 {count} 个，太多，不能逐个说明", "按乡镇或县分开评定"),
        Code("E303", Level.FATAL, "没有找到 Java，不能用 Spark 评定", "安装 Java 17 或更新的版本（或设好 JAVA_HOME），或不写 --on spark，用 --workers 在本机评定"),
        Code("E304", Level.FATAL, "没有安装 pyspark，不能用 Spark 评定", "安装：pip install starrating[spark]，或不写 --on spark，用 --workers 在本机评定"),
        Code("E305", Level.FATAL, "Spark 没有启动：{reason}", "核对 Java 版本（须 17 或更新）和内存，或不写 --on spark，用 --workers 在本机评定"),
    ]
)  # fmt: skip
"""What may be wrong with a batch."""
