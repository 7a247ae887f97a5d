#include "common/auth/principal.h"

namespace staraction {

const char* PrincipalKindName(Principal::Kind kind) {
  switch (kind) {
    case Principal::Kind::kUser:
      return "user";
    case Principal::Kind::kParticipant:
      return "participant";
    case Principal::Kind::kService:
      return "service";
    case Principal::Kind::kOperator:
      return "operator";
  }
  return "unknown";
}

}  // namespace staraction
