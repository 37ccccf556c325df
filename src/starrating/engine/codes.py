"""The E codes: what the evaluators find in the facts while they judge."""

from __future__ import annotations

from starrating.faults import Code, CodeTable, Level

CODES = CodeTable(
    (
        Code(
            "E101",
            Level.ERROR,
            "检查项目“{point}”同一日期有不同结果：{answers}",
            "请核实后只保留一条，或写明不同的检查日期",
        ),
        Code("E102", Level.ERROR, "检查项目“{point}”的结果“{word}”应为是或否", "请填 是/否/不适用"),
        Code(
            "E103",
            Level.ERROR,
            "“{point}”的结果“{word}”不在规则所列：{choices}",
            "请按规则所列填写",
        ),
        Code(
            "E104",
            Level.ERROR,
            "核查计数“{measure}”为 {counted}，按明细计算为 {computed}，两者不一致",
            "请核实后保留一处；未核实前按两者之间计",
        ),
        Code("E105", Level.ERROR, "核查计数“{measure}”同一日期有不同数值", "请核实后只保留一条"),
        Code(
            "E106",
            Level.ERROR,
            "项目 {item} 的人工评分 {score} 超出规则范围 {range}",
            "请改为范围内的数，或核对规则",
        ),
        Code("E107", Level.WARNING, "项目 {item} 的人工评分没有写明原因", "请在“加扣分原因”中写明"),
        Code(
            "E108",
            Level.ERROR,
            "项目 {item} 的评分主体“{rater}”同一日期有不同评分",
            "请核实后只保留一条",
        ),
        Code("E109", Level.ERROR, "等次“{word}”不在规则所列：{choices}", "请按规则所列填写"),
        Code(
            "E110",
            Level.WARNING,
            "上年度星级在名册中为“{sheet}”，评定档案中为“{archive}”，以档案为准",
            "请核对名册",
        ),
        Code("E111", Level.HINT, "{count} 行的日期不在任何指标的统计期内，没有计入", ""),
        Code("E112", Level.HINT, "{column} 为 {date}，晚于截止日 {cut_off}，视为尚未发生", ""),
        Code("E113", Level.ERROR, "领域为空，暂按属于评定范围处理", "请补填领域"),
        Code(
            "E114",
            Level.WARNING,
            "{year} 年节假日安排未录入，无法推算“{task}”的工作日期限",
            "请录入 calendar/{year}.yaml 后重新评定",
        ),
        Code(
            "E115",
            Level.ERROR,
            "审定结果“{result}”无法识别",
            "请填 五星…一星/5…1/不定星，或 认定/不认定",
        ),
        Code(
            "E116",
            Level.ERROR,
            "更正来源“{source}”找不到对应的行或单元格",
            "请写成 文件!工作表!单元格，或 工作表#编号",
        ),
        Code("E117", Level.ERROR, "更正“{change}”无法识别", "请填 不计入，或 改为…"),
        Code(
            "E118",
            Level.ERROR,
            "异议复核针对的“{target}”在本次评定中不存在",
            "请填写扣分明细中的编号",
        ),
        Code(
            "E119", Level.HINT, "自评得分 {own} 明显高于认定得分 {used}", "供复核时参考，不影响得分"
        ),
        Code(
            "E121",
            Level.ERROR,
            "{name}：只许一行适用的表格有 {rows} 同时适用",
            "请核对规则表格的条件",
        ),
        Code("E131", Level.ERROR, "{message}", "按提示核实后更正"),
        Code("E132", Level.WARNING, "{message}", "按提示核实后更正"),
        Code("E133", Level.HINT, "{message}", ""),
        Code(
            "E120",
            Level.WARNING,
            "有 {count} 个任务来自整改台账，但本次评定没有对应问题",
            "请核对任务编号",
        ),
        Code(
            "E201",
            Level.ERROR,
            "更正来源“{source}”对应多处：{places}，本条更正未执行",
            "请写成 文件!工作表!单元格",
        ),
        Code(
            "E202",
            Level.ERROR,
            "更正来源“{source}”同一日期有不同更正：{changes}，暂按未知处理",
            "请核实后只保留一条，或写明不同的日期",
        ),
        Code(
            "E203",
            Level.ERROR,
            "审定事项“{matter}”同一日期有不同结果：{results}，均未采用",
            "请核实后只保留一条，或写明不同的日期",
        ),
        Code(
            "E204",
            Level.WARNING,
            "审定事项“{matter}”不是“星级”，也不是本次评定所列事项，未采用{near}",
            "请填 星级，或规则所列事项的名称",
        ),
        Code(
            "E205",
            Level.ERROR,
            "异议复核“{target}”同一日期既有维持又有调整，暂按维持处理",
            "请核实后只保留一条，或写明不同的答复日期",
        ),
        Code(
            "E206",
            Level.ERROR,
            "“{matter}”的审定结果没有复核人，规则要求两人核准，未采用",
            "请由第二人复核后填写复核人",
        ),
        Code(
            "E211",
            Level.WARNING,
            "组织变更中的现党组织“{new}”不在名册中",
            "请核对代码或名称，或补入名册",
        ),
        Code(
            "E212",
            Level.WARNING,
            "组织变更中的原党组织“{old}”既无评定档案也不在名册中，其上年度星级不明",
            "请核对代码或名称，或补入名册",
        ),
        Code(
            "E213",
            Level.WARNING,
            "代码“{code}”先后属于不同党组织，其名下的行未随组织变更转移",
            "请把这些行的党组织改为现在的代码",
        ),
        Code(
            "E214",
            Level.WARNING,
            "“{old}”与“{new}”为同一党组织，但上年度星级不同（{old_star}、{new_star}），以“{new}”为准",
            "请核对组织变更和评定档案",
        ),
        Code(
            "E215",
            Level.WARNING,
            "“{old}”已变更为“{new}”，名册中仍列有“{old}”，按“{new}”一个党组织评定",
            "请从名册中删去“{old}”",
        ),
        Code(
            "E216",
            Level.ERROR,
            "{kind}应一行写一个原党组织和一个现党组织，本行未执行",
            "请分行填写",
        ),
        Code(
            "E217",
            Level.ERROR,
            "“{old}”同一日期变更为不同党组织：{new}，以前者为准",
            "请核实后只保留一条；拆分请写“拆分”",
        ),
    )
)
