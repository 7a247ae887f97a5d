#ifndef STARACTION_SERVICES_GATEWAY_TRANSCODE_QUERY_H_
#define STARACTION_SERVICES_GATEWAY_TRANSCODE_QUERY_H_

#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/gateway/route/route.h"

namespace staraction::gateway {

// Puts the parameters of a query string ("pageSize=10&states=STATE_OPEN&like.name=x") into the
// request's fields. INVALID_ARGUMENT with all faults: a broken escape, no such field, a field that
// comes from the path or the body, one that is given twice without being repeated, two of one
// oneof, a value that doesn't fit.
absl::Status ApplyQuery(const Route& route, std::string_view query,
                        google::protobuf::Message* request);

}  // namespace staraction::gateway

#endif  // STARACTION_SERVICES_GATEWAY_TRANSCODE_QUERY_H_
