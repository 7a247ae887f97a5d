#ifndef STARACTION_TESTS_SCHEMA_SCHEMAS_H_
#define STARACTION_TESTS_SCHEMA_SCHEMAS_H_

#include <vector>

#include "common/pg/migrate.h"

namespace staraction {

// The schemas of all services.
std::vector<pg::Schema> AllSchemas();

}  // namespace staraction

#endif  // STARACTION_TESTS_SCHEMA_SCHEMAS_H_
