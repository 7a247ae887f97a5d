#ifndef STARACTION_COMMON_BASE_MACROS_H_
#define STARACTION_COMMON_BASE_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define SA_CONCAT_INNER(a, b) a##b
#define SA_CONCAT(a, b) SA_CONCAT_INNER(a, b)

// Returns the status from the surrounding function unless it is OK.
#define SA_RETURN_IF_ERROR(expression) \
  SA_RETURN_IF_ERROR_INNER(SA_CONCAT(sa_status_, __COUNTER__), expression)
#define SA_RETURN_IF_ERROR_INNER(status, expression)                     \
  do {                                                                   \
    if (absl::Status status = (expression); !status.ok()) return status; \
  } while (false)

// Evaluates a StatusOr; returns its status if it has no value, else assigns the value to `lhs`
// (which may be a declaration).
#define SA_ASSIGN_OR_RETURN(lhs, expression) \
  SA_ASSIGN_OR_RETURN_INNER(SA_CONCAT(sa_status_or_, __LINE__), lhs, expression)
#define SA_ASSIGN_OR_RETURN_INNER(temporary, lhs, expression) \
  auto temporary = (expression);                              \
  if (!temporary.ok()) return std::move(temporary).status();  \
  lhs = std::move(temporary).value()

#endif  // STARACTION_COMMON_BASE_MACROS_H_
