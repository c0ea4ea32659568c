//go:build goexperiment.simd && go1.27

#include "textflag.h"

// R0 entry   R1 entries left   R2 sixteens   R3 from a row's end to the next in bytes
// R4 place in x   R5 in dx   R6 in w   R7 in dw   R8 rows left   R9 sixteens left
// V0 G

#define ADD(sum, off, value) \
	Get sum; I32WrapI64; I32Const $off; I32Add \
	Get sum; I32WrapI64; V128Load $off \
	Get V0; Get value; I32WrapI64; V128Load $off; F32x4Mul; F32x4Add \
	V128Store $0
#define NEXT(r) \
	Get r; I64Const $64; I64Add; Set r

// func entries(list *Entry, n, sixteens, row int, x, w, dw, dx *float32)
TEXT ·entries(SB), NOSPLIT, $0-64
	MOVD list+0(FP), R0
	MOVD n+8(FP), R1
	MOVD sixteens+16(FP), R2
	I64Load row+24(FP); I64Const $2; I64Shl
	Get R2; I64Const $6; I64Shl; I64Sub; Set R3
list:
	Loop
	Get R0; I32WrapI64; F32Load $0; F32x4Splat; Set V0
	Get R0; I32WrapI64; I64Load32U $4; Set R4
	Get R4; I64Load dx+56(FP); I64Add; Set R5
	Get R4; I64Load x+32(FP); I64Add; Set R4
	Get R0; I32WrapI64; I64Load32U $8; Set R6
	Get R6; I64Load dw+48(FP); I64Add; Set R7
	Get R6; I64Load w+40(FP); I64Add; Set R6
	I64Const $3; Set R8
rows:
	Loop
	Get R2; Set R9
sixteen:
	Loop
	ADD(R7, 0, R4); ADD(R7, 16, R4); ADD(R7, 32, R4); ADD(R7, 48, R4)
	ADD(R5, 0, R6); ADD(R5, 16, R6); ADD(R5, 32, R6); ADD(R5, 48, R6)
	NEXT(R4); NEXT(R5); NEXT(R6); NEXT(R7)
	Get R9; I64Const $1; I64Sub; Tee R9
	I64Const $0; I64GtS
	BrIf sixteen
	End
	Get R4; Get R3; I64Add; Set R4
	Get R5; Get R3; I64Add; Set R5
	Get R8; I64Const $1; I64Sub; Tee R8
	I64Const $0; I64GtS
	BrIf rows
	End
	Get R0; I64Const $12; I64Add; Set R0
	Get R1; I64Const $1; I64Sub; Tee R1
	I64Const $0; I64GtS
	BrIf list
	End
	RET
