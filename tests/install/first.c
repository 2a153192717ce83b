#include <custval/custval.h>
#include <stdio.h>

int main(void) {
    printf("custval %s\n", custval_version_string());
    return 0;
}
