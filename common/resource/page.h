#ifndef STARACTION_COMMON_RESOURCE_PAGE_H_
#define STARACTION_COMMON_RESOURCE_PAGE_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

// Pages of lists by key (AIP-158): a token holds the sort key of the last row seen.
namespace staraction {

inline constexpr int kDefaultPageSize = 50;
inline constexpr int kMaxPageSize = 1000;

// What to read: `size` rows (1 to kMaxPageSize) after the row with this key.
struct PageQuery {
  int size = kDefaultPageSize;
  // Empty: from the start. Else as given to NextToken; the token is not signed, so a value may be
  // forged: it decides where to go on and nothing more.
  std::vector<std::string> after_key;
};

// Reads the page fields of a List request. A page size of 0 is the default, a larger one than the
// maximum the maximum, a negative one INVALID_ARGUMENT; so is a token (reason PAGE_TOKEN_INVALID)
// that was not made for this request or, if `key_fields` is given, has another number of keys.
absl::StatusOr<PageQuery> ReadPage(int32_t page_size, const std::string& token,
                                   const google::protobuf::Message& request, size_t key_fields = 0);

// Token of the page after the row with this key, for the same request. Keys are UTF-8.
std::string NextToken(const google::protobuf::Message& request,
                      const std::vector<std::string>& last_key);

}  // namespace staraction

#endif  // STARACTION_COMMON_RESOURCE_PAGE_H_
