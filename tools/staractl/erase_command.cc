#include <ostream>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "staraction/engagement/v1/erasure_service.grpc.pb.h"
#include "tools/staractl/client.h"
#include "tools/staractl/commands.h"

namespace staraction::ctl {
namespace {

namespace v1 = engagement::v1;

absl::Status Print(const Arguments& arguments, const v1::Erasure& erasure, std::ostream& out) {
  if (arguments.Has("json")) {
    SA_ASSIGN_OR_RETURN(const std::string json, ToJson(erasure));
    out << json;
    return absl::OkStatus();
  }
  out << erasure.name() << ": "
      << (erasure.state() == v1::Erasure::STATE_ERASED ? "erased" : "requested") << "\n";
  for (const v1::Erasure::Service& service : erasure.services()) {
    out << "  " << service.service() << ": " << service.row_count() << " rows\n";
  }
  const auto keep_until = FromProtoDate(erasure.keep_until());
  if (keep_until) {
    out << "what the law asks to keep is kept until " << FormatIsoDate(*keep_until) << "\n";
  }
  return absl::OkStatus();
}

absl::Status EraseClient(const Arguments& arguments, std::ostream& out) {
  if (!arguments.Has("for-good")) return UsageError("--for-good is wanted: this cannot be undone");
  SA_ASSIGN_OR_RETURN(const Call call, UserCall(arguments));
  v1::EraseClientRequest request;
  request.set_name(arguments.positional(0));
  request.set_reason(arguments.Get("reason"));
  request.set_approver_display_name(arguments.Get("approver"));
  request.set_request_id(RequestIdOf(request));
  SA_ASSIGN_OR_RETURN(const v1::Erasure erasure,
                      CallEngagement<v1::ErasureService>(
                          arguments, call, &v1::ErasureService::Stub::EraseClient, request));
  return Print(arguments, erasure, out);
}

absl::Status ShowErasure(const Arguments& arguments, std::ostream& out) {
  SA_ASSIGN_OR_RETURN(const Call call, UserCall(arguments));
  v1::GetErasureRequest request;
  request.set_name(arguments.positional(0) + "/erasure");
  SA_ASSIGN_OR_RETURN(const v1::Erasure erasure,
                      CallEngagement<v1::ErasureService>(
                          arguments, call, &v1::ErasureService::Stub::GetErasure, request));
  return Print(arguments, erasure, out);
}

}  // namespace

std::vector<Command> EraseCommands() {
  return {
      {"client erase",
       {"clients/…"},
       WithCallOptions(
           {{"reason", "TEXT", "why; it is kept, so without names of the client's people", true},
            {"approver", "NAME", "who of the consultancy approved it; kept", true},
            {"for-good", "", "that you know that it cannot be undone"}}),
       "Erases a deleted client's personal data in all services.\n"
       "Wants an administrator's token. Within a minute or two it is done: see client erasure.",
       EraseClient},
      {"client erasure",
       {"clients/…"},
       WithCallOptions({}),
       "Says how far a client's erasure is.",
       ShowErasure},
  };
}

}  // namespace staraction::ctl
