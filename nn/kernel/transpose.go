package kernel

// Transpose writes the rows by cols matrix a into b, cols by rows.
func Transpose(rows, cols int, a []float32, lda int, b []float32, ldb int) {
	if rows <= 0 || cols <= 0 {
		return
	}
	need(a, (rows-1)*lda+cols, "a")
	need(b, (cols-1)*ldb+rows, "b")
	transpose(rows, cols, base(a), lda, base(b), ldb)
}

// transpose takes four rows at a time, so that what it writes are neighbours.
func transpose(rows, cols int, a *float32, lda int, b *float32, ldb int) {
	i := 0
	for ; i+4 <= rows; i += 4 {
		p0, q := at(a, i*lda), at(b, i)
		p1, p2, p3 := at(p0, lda), at(p0, 2*lda), at(p0, 3*lda)
		for range cols {
			*q, *at(q, 1), *at(q, 2), *at(q, 3) = *p0, *p1, *p2, *p3
			p0, p1, p2, p3, q = at(p0, 1), at(p1, 1), at(p2, 1), at(p3, 1), at(q, ldb)
		}
	}
	for ; i < rows; i++ {
		for j := range cols {
			*at(b, j*ldb+i) = *at(a, i*lda+j)
		}
	}
}
