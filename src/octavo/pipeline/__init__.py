"""The only place where stages are joined: a project folder into finished editions, and editions back into proof.

Each command has a module here and imports no other, so that none loads what it does not need.
"""
