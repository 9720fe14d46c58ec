// A declarative Jenkinsfile without Jenkins: parses it, then calls each block and step in turn.
// Prints the environment and the script of `sh` as shell; other steps go to standard error.
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases

def source = new File(args[0])
def unit = new CompilationUnit()
unit.addSource(source)
unit.compile(Phases.CONVERSION)

// `NAME = 'value'` in an environment block sets a property of this.
class Environment {
    void setProperty(String name, Object value) { println "export $name='$value'" }
}

class Blocks {
    static final NAMES = ['pipeline', 'environment', 'stages', 'stage', 'when', 'anyOf', 'steps', 'post', 'always']
    static final STEPS = ['changeRequest', 'branch', 'recordIssues', 'sarif', 'junit']
    def any = 'any'

    def agent(where) { }
    def sh(text) { println text.stripIndent() }
    def methodMissing(String name, arguments) {
        if (name in STEPS) {
            def call = "$name${arguments as List}"
            if (name != 'sarif') System.err.println call
            return call
        }
        if (!(name in NAMES)) throw new MissingMethodException(name, Blocks, arguments)
        Closure body = arguments[-1]
        body.delegate = name == 'environment' ? new Environment() : this
        body.resolveStrategy = Closure.DELEGATE_FIRST
        body()
    }
}

def script = new GroovyShell(new Binding()).parse(source)
script.metaClass.methodMissing = { String name, arguments -> new Blocks().invokeMethod(name, arguments) }
script.run()
