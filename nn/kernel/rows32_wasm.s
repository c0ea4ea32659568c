//go:build goexperiment.simd && go1.27

#include "textflag.h"

// R0 rows left   R2 row of a   R4 row of c   R5 row of from   R6 to R10 strides in bytes
// R1 steps left  R3 row of b   R11 place in the row of a
// V0 to V7 the sums   V8 the value of a; zero

#define LOADF(v, off) \
	Get R5; I32WrapI64; V128Load $off; Set v
// Go 1.27's assembler forgets the offset of a V128Store.
#define STOREC(v, off) \
	Get R4; I32WrapI64; I32Const $off; I32Add; Get v; V128Store $0
#define RECTIFY(v) \
	Get V8; Get v; Get v; Get V8; F32x4Le; V128Bitselect; Set v
#define SUM(v, off) \
	Get v; Get V8; Get R3; I32WrapI64; V128Load $off; F32x4Mul; F32x4Add; Set v

// STEP adds a row of b, times a value of a.
#define STEP \
	Get R11; I32WrapI64; F32Load $0; F32x4Splat; Set V8 \
	SUM(V0, 0); SUM(V1, 16); SUM(V2, 32); SUM(V3, 48) \
	SUM(V4, 64); SUM(V5, 80); SUM(V6, 96); SUM(V7, 112) \
	Get R3; Get R8; I64Add; Set R3 \
	Get R11; Get R7; I64Add; Set R11

// func rows32(m, k int, a *float32, ra, ca int, b *float32, ldb int, from *float32, ldf int, c *float32, ldc int, relu bool)
TEXT ·rows32(SB), NOSPLIT, $0-89
	MOVD m+0(FP), R0
	MOVD a+16(FP), R2
	MOVD from+56(FP), R5
	MOVD c+72(FP), R4
	I64Load ra+24(FP); I64Const $2; I64Shl; Set R6
	I64Load ca+32(FP); I64Const $2; I64Shl; Set R7
	I64Load ldb+48(FP); I64Const $2; I64Shl; Set R8
	I64Load ldf+64(FP); I64Const $2; I64Shl; Set R9
	I64Load ldc+80(FP); I64Const $2; I64Shl; Set R10

rows:
	Loop
	LOADF(V0, 0); LOADF(V1, 16); LOADF(V2, 32); LOADF(V3, 48)
	LOADF(V4, 64); LOADF(V5, 80); LOADF(V6, 96); LOADF(V7, 112)
	Get R2; Set R11
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

	I64Load8U relu+88(FP); I32WrapI64
	If
		F32Const $(0.0); F32x4Splat; Set V8
		RECTIFY(V0); RECTIFY(V1); RECTIFY(V2); RECTIFY(V3)
		RECTIFY(V4); RECTIFY(V5); RECTIFY(V6); RECTIFY(V7)
	End
	STOREC(V0, 0); STOREC(V1, 16); STOREC(V2, 32); STOREC(V3, 48)
	STOREC(V4, 64); STOREC(V5, 80); STOREC(V6, 96); STOREC(V7, 112)
	Get R2; Get R6; I64Add; Set R2
	Get R5; Get R9; I64Add; Set R5
	Get R4; Get R10; I64Add; Set R4
	Get R0; I64Const $1; I64Sub; Tee R0
	I64Const $0; I64GtS
	BrIf rows
	End
	RET
