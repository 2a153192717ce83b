/* Names and descriptions of the status codes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <custval/status.h>

static const struct {
    const char *name;
    const char *description;
} statuses[] = {
    /* Index is -status. */
    {"CUSTVAL_OK", "The call did what it says."},
    {"CUSTVAL_ERROR_ARGUMENT", "An argument is NULL, out of its range or contradicts another."},
    {"CUSTVAL_ERROR_MEMORY", "Memory ran out."},
    {"CUSTVAL_ERROR_RANGE", "A number lies outside the range that its place allows."},
    {"CUSTVAL_ERROR_WEIGHT", "A weight is negative or not finite, or all weights of a group are zero."},
    {"CUSTVAL_ERROR_STRUCTURE", "The tree of indicators has a wrong shape."},
    {"CUSTVAL_ERROR_DUPLICATE", "A name is used twice where it must be unique."},
    {"CUSTVAL_ERROR_NOT_FOUND", "A column, node, profile or context of that name does not exist."},
    {"CUSTVAL_ERROR_TYPE", "A column has a type that this use cannot read."},
    {"CUSTVAL_ERROR_NOT_FINITE", "A NaN or an infinity stands where a finite number is needed."},
    {"CUSTVAL_ERROR_STATE", "The call is not possible in this state."},
    {"CUSTVAL_ERROR_STRUCT_SIZE", "The struct_size of a struct is not one that any version had."},
    {"CUSTVAL_ERROR_STRUCT_NEWER", "A newer struct asks for something that this library does not know."},
    {"CUSTVAL_ERROR_CANCELLED", "The host asked to stop."},
    {"CUSTVAL_ERROR_INTERNAL", "A defect in custval; please report it with the message."},
    {"CUSTVAL_ERROR_DOCUMENT", "A document is not JSON, or not the document that the call reads."},
    {"CUSTVAL_ERROR_LIMIT", "Something exceeds the stated limits of nodes, bytes or levels."},
    {"CUSTVAL_ERROR_UNSUPPORTED", "The request is well formed, but custval has no exact method for it."},
    {"CUSTVAL_ERROR_STREAM", "An Arrow stream of the host reported an error of its own."},
    {"CUSTVAL_ERROR_CONVERGENCE", "A fit found no optimum."},
};

static int is_known(custval_status status) {
    return status <= 0 && status > -(custval_status)(sizeof statuses / sizeof statuses[0]);
}

const char *custval_status_name(custval_status status) {
    return is_known(status) ? statuses[-status].name : "CUSTVAL_ERROR_UNKNOWN";
}

const char *custval_status_description(custval_status status) {
    return is_known(status) ? statuses[-status].description : "A status that this version does not know.";
}
