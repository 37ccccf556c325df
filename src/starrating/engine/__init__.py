"""The engine room: from rules and records to results (docs/semantics.md says which module does what).

`reference` is the definition, one subject at a time; `kernel` gives the same for all subjects of a
part at once, and `readout` reads single subjects out of it; `findings` and `result_rows` make rows.
"""
