package mnist

// ParseLabels reads a label file, gz or raw: one class, 0 to 255, per image.
// The labels are part of b where b needn't be decompressed. Errors are *Error
// and name file.
func ParseLabels(file string, b []byte) ([]byte, error) {
	b, err := inflate(file, b, MaxBytes)
	if err != nil {
		return nil, err
	}
	_, data, err := labels.parse(file, b)
	return data, err
}
