//go:build goexperiment.simd && go1.27

#include "textflag.h"

// R0 rows left   R2 row of a   R4 row of c   R6 to R10 strides in bytes
// R1 steps left  R3 row of b   R5 place in the row of a
// V0 to V7 the sums   V8 the value of a

#define LOADC(v, off) \
	Get R4; I32WrapI64; V128Load $off; Set v
// Go 1.27's assembler forgets the offset of a V128Store.
#define STOREC(v, off) \
	Get R4; I32WrapI64; I32Const $off; I32Add; Get v; V128Store $0
#define ZERO(v) \
	F32Const $(0.0); F32x4Splat; Set v
#define SUM(v, off) \
	Get v; Get V8; Get R3; I32WrapI64; V128Load $off; F32x4Mul; F32x4Add; Set v

// STEP adds a row of b, times a value of a.
#define STEP \
	Get R5; I32WrapI64; F32Load $0; F32x4Splat; Set V8 \
	SUM(V0, 0); SUM(V1, 16); SUM(V2, 32); SUM(V3, 48) \
	SUM(V4, 64); SUM(V5, 80); SUM(V6, 96); SUM(V7, 112) \
	Get R3; Get R8; I64Add; Set R3 \
	Get R5; Get R7; I64Add; Set R5

// func rows32(m, k int, a *float32, ra, ca int, b *float32, ldb int, c *float32, ldc int, add bool)
TEXT ·rows32(SB), NOSPLIT, $0-73
	MOVD m+0(FP), R0
	MOVD a+16(FP), R2
	MOVD c+56(FP), R4
	I64Load ra+24(FP); I64Const $2; I64Shl; Set R6
	I64Load ca+32(FP); I64Const $2; I64Shl; Set R7
	I64Load ldb+48(FP); I64Const $2; I64Shl; Set R8
	I64Load ldc+64(FP); I64Const $2; I64Shl; Set R9

rows:
	Loop
	I64Load8U add+72(FP); I32WrapI64
	If
		LOADC(V0, 0); LOADC(V1, 16); LOADC(V2, 32); LOADC(V3, 48)
		LOADC(V4, 64); LOADC(V5, 80); LOADC(V6, 96); LOADC(V7, 112)
	Else
		ZERO(V0); ZERO(V1); ZERO(V2); ZERO(V3)
		ZERO(V4); ZERO(V5); ZERO(V6); ZERO(V7)
	End
	Get R2; Set R5
	MOVD b+40(FP), R3

	MOVD k+8(FP), R1
	Get R1; I64Const $4; I64GeS
	If
fours:
		Loop
		STEP
		STEP
		STEP
		STEP
		Get R1; I64Const $4; I64Sub; Tee R1
		I64Const $4; I64GeS
		BrIf fours
		End
	End
	Get R1; I64Const $0; I64GtS
	If
ones:
		Loop
		STEP
		Get R1; I64Const $1; I64Sub; Tee R1
		I64Const $0; I64GtS
		BrIf ones
		End
	End

	STOREC(V0, 0); STOREC(V1, 16); STOREC(V2, 32); STOREC(V3, 48)
	STOREC(V4, 64); STOREC(V5, 80); STOREC(V6, 96); STOREC(V7, 112)
	Get R2; Get R6; I64Add; Set R2
	Get R4; Get R9; I64Add; Set R4
	Get R0; I64Const $1; I64Sub; Tee R0
	I64Const $0; I64GtS
	BrIf rows
	End
	RET
