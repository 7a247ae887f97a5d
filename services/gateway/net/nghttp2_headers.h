#ifndef STARACTION_SERVICES_GATEWAY_NET_NGHTTP2_HEADERS_H_
#define STARACTION_SERVICES_GATEWAY_NET_NGHTTP2_HEADERS_H_

#include <nghttp2/nghttp2.h>

#include <string_view>

#include "absl/container/inlined_vector.h"

namespace staraction::gateway {

// Headers for one of nghttp2's submit functions, which copies them.
class HeaderList {
 public:
  // Worth a place in the connection's table of headers: it comes again.
  void Add(std::string_view name, std::string_view value) {
    Push(name, value, NGHTTP2_NV_FLAG_NONE);
  }
  // Literals only: not even copied.
  void AddConstant(const char* name, const char* value) {
    Push(name, value, NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE);
  }
  // Kept out of that table: secrets, and what is different each time.
  void AddOnce(std::string_view name, std::string_view value) {
    Push(name, value, NGHTTP2_NV_FLAG_NO_INDEX);
  }

  const nghttp2_nv* data() const { return list_.data(); }
  size_t size() const { return list_.size(); }

 private:
  void Push(std::string_view name, std::string_view value, uint8_t flags) {
    // nghttp2 only reads them, whatever its types say.
    list_.push_back({reinterpret_cast<uint8_t*>(const_cast<char*>(name.data())),
                     reinterpret_cast<uint8_t*>(const_cast<char*>(value.data())), name.size(),
                     value.size(), flags});
  }

  absl::InlinedVector<nghttp2_nv, 24> list_;
};

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_NET_NGHTTP2_HEADERS_H_
