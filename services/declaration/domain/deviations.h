#ifndef STARACTION_SERVICES_DECLARATION_DOMAIN_DEVIATIONS_H_
#define STARACTION_SERVICES_DECLARATION_DOMAIN_DEVIATIONS_H_

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/timestamp.h"
#include "common/status/errors.h"
#include "services/declaration/domain/act.h"
#include "staraction/declaration/v1/declaration.pb.h"

namespace staraction::declaration::domain {

// What was otherwise than it should be and happened all the same, in the making. `act` outlives it.
class Deviations {
 public:
  Deviations(const std::string& reason, const Act& act) : reason_(reason), act_(act) {}

  void Add(const std::string& code, const std::string& text) {
    v1::Deviation deviation;
    deviation.set_code(code);
    deviation.set_text(text);
    deviation.set_reason(reason_);
    deviation.set_recorded_by(act_.actor);
    *deviation.mutable_record_time() = ToTimestamp(act_.now);
    list_.push_back(std::move(deviation));
  }

  // A violation if there are some without a reason.
  void WantReason(std::vector<Violation>& violations) const {
    if (list_.empty() || !reason_.empty()) return;
    std::string codes, texts;
    for (const auto& deviation : list_) {
      absl::StrAppend(&codes, codes.empty() ? "" : ", ", deviation.code());
      absl::StrAppend(&texts, deviation.text(), "。");
    }
    violations.push_back({"reason",
                          "is required: something is otherwise than it should be: " + codes,
                          texts + "理由を入力してください"});
  }

  bool empty() const { return list_.empty(); }

  // To a message with a list `deviations`.
  template <typename Message>
  void AddTo(Message& message) const {
    for (const auto& deviation : list_) *message.add_deviations() = deviation;
  }

 private:
  const std::string reason_;
  const Act& act_;
  std::vector<v1::Deviation> list_;
};

}  // namespace staraction::declaration::domain

#endif  // STARACTION_SERVICES_DECLARATION_DOMAIN_DEVIATIONS_H_
