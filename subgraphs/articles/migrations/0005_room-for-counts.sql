-- A count that changes finds room beside itself, so that no index is touched and what was is cleared away as pages are read.
ALTER TABLE "articles"."vocabulary" SET (fillfactor = 60);
