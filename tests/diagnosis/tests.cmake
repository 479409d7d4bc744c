# tests of diagnosis
