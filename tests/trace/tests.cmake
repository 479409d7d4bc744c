# tests of trace
