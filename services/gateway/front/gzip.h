#ifndef STARACTION_SERVICES_GATEWAY_FRONT_GZIP_H_
#define STARACTION_SERVICES_GATEWAY_FRONT_GZIP_H_

#include <string_view>

#include "services/gateway/http/message.h"

namespace staraction::gateway {

// Whether a client with this Accept-Encoding takes gzip.
bool TakesGzip(std::string_view accept_encoding);

// Compresses the body if the client takes gzip and it is worth it: text of some length. Says in
// Vary that the reply depends on what the client takes.
void CompressFor(std::string_view accept_encoding, HttpReply& reply);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_FRONT_GZIP_H_
