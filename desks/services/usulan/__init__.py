"""Usulan of the strand kewilayahan, split by act: read (what was typed), write (filing), package (figures), room, lineage.

`package` and `read` are leaned on by the shared services; import acts from their own modules.
"""
