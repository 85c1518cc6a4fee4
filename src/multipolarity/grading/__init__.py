"""Marks the graded set: intake, sandboxed run, verdict outside the student's process.

A student's code runs in a process that holds no key, no salt and no gradebook, and hands back
plain data. Only the grader compares. Nothing a notebook does to its own process can change a mark.
"""
