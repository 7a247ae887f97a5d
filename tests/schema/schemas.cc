#include "tests/schema/schemas.h"

// Each service's migrations, declared here because the services' headers bring much more.
namespace staraction {
namespace asset {
const std::vector<pg::Migration>& Migrations();
}
namespace declaration {
const std::vector<pg::Migration>& Migrations();
}
namespace diagnosis {
const std::vector<pg::Migration>& Migrations();
}
namespace document {
const std::vector<pg::Migration>& Migrations();
}
namespace engagement {
const std::vector<pg::Migration>& Migrations();
}
namespace risk {
const std::vector<pg::Migration>& Migrations();
}
namespace training {
const std::vector<pg::Migration>& Migrations();
}

std::vector<pg::Schema> AllSchemas() {
  return {{"asset", asset::Migrations()},           {"declaration", declaration::Migrations()},
          {"diagnosis", diagnosis::Migrations()},   {"document", document::Migrations()},
          {"engagement", engagement::Migrations()}, {"risk", risk::Migrations()},
          {"training", training::Migrations()}};
}

}  // namespace staraction
