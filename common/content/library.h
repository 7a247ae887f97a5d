#ifndef STARACTION_COMMON_CONTENT_LIBRARY_H_
#define STARACTION_COMMON_CONTENT_LIBRARY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/content/catalogue.h"
#include "common/content/problem.h"
#include "staraction/content/v1/pack.pb.h"

namespace staraction::content {

struct PackSource;

// Everything that content packs say: offerings, plans, rules, checks, courses, criteria,
// procedures, code lists. Immutable, so safe for any number of threads; pointers live as long as
// the library. Every object names its pack and version in `pack()`: store both with results.
//
// Find…(id) gives the newest version that is loaded, Find…(id, version) that of the pack's
// version, and null if there is none.
class Library {
 public:
  // The built-in packs and, unless `directory` is empty, the packs in its folders. INTERNAL with
  // every problem if a built-in pack is faulty. A faulty added pack is left out and its problems
  // are told by problems(). Added packs may refer to built-in ones and to those before them by
  // folder name.
  static absl::StatusOr<std::unique_ptr<const Library>> Load(const std::string& directory = "");

  // The same of packs in memory, for tests.
  static absl::StatusOr<std::unique_ptr<const Library>> Load(
      const std::vector<PackSource>& built_in, const std::vector<PackSource>& added);

  const v1::Offering* FindOffering(const std::string& id, int version = 0) const {
    return Find<v1::Offering>(id, version);
  }
  const v1::Plan* FindPlan(const std::string& id, int version = 0) const {
    return Find<v1::Plan>(id, version);
  }
  const v1::RuleList* FindRuleList(const std::string& id, int version = 0) const {
    return Find<v1::RuleList>(id, version);
  }
  const v1::Questionnaire* FindQuestionnaire(const std::string& id, int version = 0) const {
    return Find<v1::Questionnaire>(id, version);
  }
  const v1::Course* FindCourse(const std::string& id, int version = 0) const {
    return Find<v1::Course>(id, version);
  }
  const v1::CriteriaSet* FindCriteriaSet(const std::string& id, int version = 0) const {
    return Find<v1::CriteriaSet>(id, version);
  }
  const v1::FactCode* FindFactCode(const std::string& id, int version = 0) const {
    return Find<v1::FactCode>(id, version);
  }
  const v1::DeclarationProcedure* FindDeclarationProcedure(const std::string& id,
                                                           int version = 0) const {
    return Find<v1::DeclarationProcedure>(id, version);
  }
  const v1::PledgeText* FindPledgeText(const std::string& id, int version = 0) const {
    return Find<v1::PledgeText>(id, version);
  }
  const v1::CodeList* FindCodeList(const std::string& id, int version = 0) const {
    return Find<v1::CodeList>(id, version);
  }
  const v1::WordingCheck* FindWordingCheck(const std::string& id, int version = 0) const {
    return Find<v1::WordingCheck>(id, version);
  }
  const v1::DocumentTemplate* FindDocumentTemplate(const std::string& id, int version = 0) const {
    return Find<v1::DocumentTemplate>(id, version);
  }

  const v1::DeductionSchedule* FindDeductionSchedule(const std::string& id, int version = 0) const {
    return Find<v1::DeductionSchedule>(id, version);
  }
  const v1::SubsidyProgramme* FindSubsidyProgramme(const std::string& id, int version = 0) const {
    return Find<v1::SubsidyProgramme>(id, version);
  }
  const v1::HolidayCalendar* FindHolidayCalendar(const std::string& id, int version = 0) const {
    return Find<v1::HolidayCalendar>(id, version);
  }

  template <typename T>
  const T* Find(const std::string& id, int version = 0) const {
    return catalogue_.Find<T>(id, version);
  }

  // The newest of every object of a kind by id, e.g. List<v1::Offering>().
  template <typename T>
  std::vector<const T*> List() const {
    return catalogue_.List<T>();
  }

  // Every pack that was accepted, built-in ones first.
  const std::vector<std::shared_ptr<const v1::Pack>>& packs() const { return catalogue_.packs(); }

  // Why added packs were refused; empty if none was.
  const Problems& problems() const { return problems_; }

 private:
  Library() = default;

  static absl::StatusOr<std::unique_ptr<const Library>> Build(
      const std::vector<PackSource>& built_in, const std::vector<PackSource>& added,
      Problems problems);

  Catalogue catalogue_;
  Problems problems_;
};

}  // namespace staraction::content

#endif  // STARACTION_COMMON_CONTENT_LIBRARY_H_
