"""Every trap of durable_rules is shut; each test runs in a process of its own."""

import pytest
from judge_process import CHILD, missing, run_child


@pytest.mark.parametrize(
    ("module", "trap"),
    [
        ("session_traps", "no_threads"),
        ("session_traps", "no_module_host"),
        ("session_traps", "sessions"),
        ("session_traps", "session_gone"),
        ("session_traps", "consequent_exception"),
        ("session_traps", "unwanted_fact"),
        ("session_traps", "fact_twice"),
        ("session_traps", "no_reference_to_facts"),
        ("session_traps", "one_fact_a_call"),
        ("session_traps", "endless_chain"),
        ("session_traps", "clock_jump"),
        ("session_traps", "clock_always_jumps"),
        ("session_traps", "deprecation_warning"),
        ("limit_traps", "many_matching_rules"),
        ("limit_traps", "long_chain"),
        ("limit_traps", "many_bits"),
        ("limit_traps", "many_conditions"),
        ("limit_traps", "many_readers"),
        ("limit_traps", "many_on_one_level"),
        ("limit_traps", "too_long"),
        ("limit_traps", "too_many_sets"),
        ("limit_traps", "compiled_once"),
        ("limit_traps", "odd_names"),
        ("limit_traps", "only_whole_numbers"),
        ("limit_traps", "absence_is_given"),
    ],
)
def test_trap_is_shut(module, trap):
    """The function of that name in that module says what must hold."""
    if missing():
        pytest.skip(f"durable_rules can not be imported here: {missing()}")
    done = run_child(str(CHILD), module, trap)
    assert done.returncode == 0, done.stderr[-2_000:]
