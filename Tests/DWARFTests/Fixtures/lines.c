// Made into lines-4.wasm and lines-5.wasm by make.sh beside it.
static int divide(int a, int b) {
    if (b == 0)
        __builtin_trap();
    return a / b;
}

__attribute__((noinline)) int twice(int value) {
    int doubled = value + value;
    return divide(doubled, value - 7);
}

int run(int value) {
    int result = twice(value);
    return result + 1;
}
