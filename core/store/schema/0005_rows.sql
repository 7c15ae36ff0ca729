-- Between 0004 and this, packrows.cpp has packed what stood here.
DROP TABLE tie;
