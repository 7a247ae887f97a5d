#include "services/gateway/transcode/query.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_split.h"
#include "common/base/strings.h"
#include "common/status/errors.h"
#include "services/gateway/route/percent.h"
#include "services/gateway/transcode/field_value.h"

namespace staraction::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool OtherOfOneofIsSet(const FieldPath& path, const Message& request) {
  FieldPath at;
  for (const FieldDescriptor* field : path) {
    const auto* oneof = field->real_containing_oneof();
    for (int i = 0; oneof != nullptr && i < oneof->field_count(); ++i) {
      at.push_back(oneof->field(i));
      if (oneof->field(i) != field && IsSet(at, request)) return true;
      at.pop_back();
    }
    at.push_back(field);
  }
  return false;
}

class Applier {
 public:
  Applier(const Route& route, Message* request) : route_(route), request_(request) {}

  void Apply(const std::string& name, const std::string& value) {
    const FieldPath path = ResolveFieldPath(*request_->GetDescriptor(), name);
    if (path.empty()) {
      return Add(ShownName(name), "no such parameter", "このパラメーターはありません");
    }
    const std::string field = FieldPathName(path);
    if (route_.body == Route::Body::kWholeRequest || path.front() == route_.body_field) {
      return Add(field, "belongs into the body", "本文で指定してください");
    }
    if (std::count(route_.bindings.begin(), route_.bindings.end(), path) > 0) {
      return Add(field, "comes from the path", "パスで指定されています");
    }
    if (!path.back()->is_repeated() && !seen_.insert(field).second) {
      return Add(field, "is given twice", "二重に指定されています");
    }
    if (OtherOfOneofIsSet(path, *request_)) {
      return Add(field, "excludes another parameter", "同時に指定できないパラメーターがあります");
    }
    if (!HasTextForm(*path.back())) {
      return Add(field, "cannot be given as a parameter", "パラメーターでは指定できません");
    }
    if (!SetFieldFromText(path, value, request_)) {
      violations_.push_back(Misfit(field, *path.back()));
    }
  }

  void Add(const std::string& field, const std::string& en, const std::string& ja) {
    violations_.push_back({field, en, ja});
  }

  absl::Status Finish() const {
    return violations_.empty() ? absl::OkStatus() : InvalidFields(violations_);
  }

 private:
  const Route& route_;
  Message* request_;
  std::set<std::string> seen_;
  std::vector<Violation> violations_;
};

}  // namespace

absl::Status ApplyQuery(const Route& route, std::string_view query, Message* request) {
  Applier applier(route, request);
  for (const absl::string_view pair : absl::StrSplit(ToAbsl(query), '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> parts =
        absl::StrSplit(pair, absl::MaxSplits('=', 1));
    const auto name = PercentDecode(ToStd(parts.first), /*plus_is_space=*/true);
    const auto value = PercentDecode(ToStd(parts.second), /*plus_is_space=*/true);
    if (!name || !value) {
      applier.Add(name ? ShownName(*name) : "(unknown)", "has a broken escape",
                  "エスケープが正しくありません");
    } else {
      applier.Apply(*name, *value);
    }
  }
  return applier.Finish();
}

}  // namespace staraction::gateway
